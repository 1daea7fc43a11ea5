/** For `JSON.stringify` of log fields: a stack contains the folders of this machine. */
export const withoutStack = (name: string, value: unknown): unknown => (name === 'stack' ? undefined : value)
