/** Every mistake is made as a program without types makes it. */
export type Anything = any

/**
 * A mistake, what makes it, and the essential words of its error. For `invalid_input` and `invalid_configuration`: the field, words of its
 * rule, and words of its fix. For any other code: the code, words of the message, and words of the hint.
 */
export type Mistake = readonly [name: string, make: () => unknown, words: readonly [string, string, string]]
