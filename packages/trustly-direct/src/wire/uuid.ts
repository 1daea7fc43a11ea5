import { createHash } from 'node:crypto'

/**
 * The UUID of a request, derived from the parts that identify it: the same parts give the same UUID, other parts or another split
 * of them give another. Trustly repeats its response to an identical request with the same UUID, without a second order.
 * @see https://docs.trustly.com/api/api-protocol read 2026-11-21
 */
export const deriveUuid = (...parts: readonly [string, ...string[]]): string =>
  uuidV5(trustlyNamespace, JSON.stringify(parts))

/**
 * A name-based UUID (version 5, SHA-1) of `name` in UTF-8.
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 read 2026-11-21
 */
export const uuidV5 = (namespace: string, name: string): string => {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

// Never change this: a request that a newer version repeats must keep its UUID.
const trustlyNamespace = '70ea4202-cd79-40a0-99f8-3fe405a06a27'
