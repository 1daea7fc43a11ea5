/** Decodes UTF-8. Throws if the bytes are not UTF-8: replacement characters would change the signed text. */
export const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('The input is not UTF-8.')
  }
}
