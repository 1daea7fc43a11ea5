import { createPublicKey, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { JsonObject } from '../wire/json-text.ts'

/** A published or derived vector; `data` is JSON text. See README.md. */
export interface Vector {
  readonly name: string
  readonly method: string
  readonly uuid: string
  readonly data: string
  readonly key: string
  readonly expect_valid?: boolean
  readonly expected_serialised?: string
  readonly expected_plaintext?: string
  readonly expected_signature?: string
  readonly expected_signature_prefix?: string
}

interface VectorFile {
  readonly keys: { readonly [name: string]: { readonly public_key_file: string; readonly der_sha256: string } }
  readonly published: readonly Vector[]
  readonly derived: readonly Vector[]
}

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

export const vectors: VectorFile = JSON.parse(text('trustly-vectors.json'))

export const publicKeys: { readonly [name: string]: KeyObject } = Object.fromEntries(
  Object.entries(vectors.keys).map(([name, { public_key_file }]) => [name, createPublicKey(text(public_key_file))]),
)

/** Whole messages with a signature that is not elided; `raw` is what was on the wire. */
export const signedMessages: readonly { readonly name: string; readonly raw: string }[] = readdirSync(
  new URL('signed-messages', import.meta.url),
).map((file) => JSON.parse(text(`signed-messages/${file}`)))

/** A published message whose signature is elided. */
export interface Sample { readonly name: string; readonly raw: string; readonly parsed: JsonObject }

export const samples: readonly Sample[] = readdirSync(new URL('samples', import.meta.url)).map((file) =>
  JSON.parse(text(`samples/${file}`)),
)

/** Trustly's own model: each interface's members, and whether they are required. */
export const model: {
  readonly interfaces: { readonly [name: string]: { readonly [member: string]: boolean } }
} = JSON.parse(text('trustly-model.json'))

/** Every member that the same model has of a notification, over all kinds of order. */
export const notificationMembers: {
  readonly [method: string]: { readonly members: readonly string[]; readonly attributes: readonly string[] }
} = JSON.parse(text('trustly-notifications.json')).notifications
