/** One block of a PEM file, in the layout that OpenSSL requires. */
export interface PemBlock {
  readonly label: string
  readonly encrypted: boolean
  readonly pem: string
}

/**
 * The blocks of a PEM text, in the standard layout. Accepts the forms that a PEM text has in environment variables: literal `\n`,
 * quotes around it, one line, CRLF, indentation.
 * @see https://www.rfc-editor.org/rfc/rfc7468 and https://www.rfc-editor.org/rfc/rfc1421#section-4.6, read 2026-11-21
 */
export const pemBlocks = (text: string): readonly PemBlock[] =>
  [...text.replace(/\\r|\\n/g, '\n').matchAll(block)].map(([, label = '', body = '']) => tidy(label, body))

const block = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs
const encryption = /^\s*Proc-Type:\s*4,\s*ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+),\s*([0-9A-F]+)\s/i

const tidy = (label: string, body: string): PemBlock => {
  const [header = '', cipher, salt] = encryption.exec(body) ?? []
  const base64 = body.slice(header.length).replace(/\s/g, '')
  const lines = base64.match(/.{1,64}/g) ?? []
  const headers = header === '' ? [] : ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${cipher},${salt}`, '']
  return {
    label,
    encrypted: header !== '' || label === 'ENCRYPTED PRIVATE KEY',
    pem: [`-----BEGIN ${label}-----`, ...headers, ...lines, `-----END ${label}-----`, ''].join('\n'),
  }
}
