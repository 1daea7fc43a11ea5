/** A question to the user. Each answer is null if the user gives up with Ctrl+C. */
export interface Prompts {
  text(question: string, options?: { readonly placeholder?: string }): Promise<string | null>
  confirm(question: string): Promise<boolean | null>
  choose<Value extends string>(
    question: string,
    choices: readonly { readonly value: Value; readonly label: string }[],
  ): Promise<Value | null>
}

/** The prompts are loaded with the first question. */
export const askInTerminal: Prompts = {
  async text(question, { placeholder } = {}) {
    const { isCancel, text } = await import('@clack/prompts')
    const answer = await text({ message: question, ...(placeholder !== undefined && { placeholder }) })
    return isCancel(answer) ? null : answer
  },
  async confirm(question) {
    const { confirm, isCancel } = await import('@clack/prompts')
    const answer = await confirm({ message: question, initialValue: false })
    return isCancel(answer) ? null : answer
  },
  async choose<Value extends string>(
    question: string,
    choices: readonly { readonly value: Value; readonly label: string }[],
  ) {
    const { isCancel, select } = await import('@clack/prompts')
    const options = choices.map(({ value, label }) => ({ value: value as string, label }))
    const answer = await select<string>({ message: question, options })
    return isCancel(answer) ? null : (answer as Value)
  },
}
