/** Bytes as text. Throws where they are not UTF-8: what replaces them would be signed as something else. */
export const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('The standard input is not UTF-8.')
  }
}
