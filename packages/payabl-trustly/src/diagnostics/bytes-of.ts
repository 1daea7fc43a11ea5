/** A form's body: text is taken as UTF-8, which is plain ASCII where everything is escaped as it should be. */
export const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : body
