// biome-ignore-all lint/suspicious/noControlCharactersInRegex: they are what is replaced
/** Text of a vendor or a person without characters that a terminal could take for commands. */
export const plain = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '\ufffd')
