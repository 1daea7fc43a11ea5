import { createHash } from 'node:crypto'
import { type CallbackTokenClaims, type Intent, type PaymentKind, wireReference } from '@railswitch/core'

export interface Tokens {
  /** A compact JWS for an intent: about 170 ASCII characters for a URL path. The same intent always gets the same token. */
  sign(intent: Signable): Promise<string>
  /** Null for a token that is not ours, belongs to another rail, or is signed with a secret that is no longer configured. */
  open(rail: string, token: string): Promise<CallbackTokenClaims | null>
}

/** The parts of an intent that a token contains. */
export type Signable = Pick<Intent, 'kind' | 'reference' | 'attempt' | 'expect' | 'rail'>

/** The maximum length of a token in characters, for vendors that limit the whole address. */
export const longestToken = 196

/**
 * Signs with HS256 and the first secret. The other secrets still open the tokens that they signed. Each has at least 32 characters.
 * jose loads with the first token.
 */
export const createTokens = (secrets: readonly [string, ...string[]]): Tokens => {
  let loading: Promise<Loaded> | undefined
  const load = (): Promise<Loaded> => {
    loading ??= loadKeys(secrets)
    return loading
  }
  return {
    async sign(intent) {
      const { jose, keys } = await load()
      const { kid, secret } = keys[0]
      return new jose.CompactSign(new TextEncoder().encode(JSON.stringify(payloadOf(intent))))
        .setProtectedHeader({ alg: 'HS256', kid })
        .sign(secret)
    },
    async open(rail, token) {
      const { jose, keys } = await load()
      try {
        const { payload } = await jose.compactVerify(
          token,
          ({ kid }) => {
            const key = keys.find((candidate) => candidate.kid === kid)
            if (!key) throw new Error('unknown key')
            return key.secret
          },
          { algorithms: ['HS256'] },
        )
        if (!isCanonical(token)) return null
        return readPayload(JSON.parse(new TextDecoder().decode(payload)), rail)
      } catch {
        return null
      }
    },
  }
}

/** Decoders ignore padding, white space and spare bits, so the same token could be written in several ways. */
const isCanonical = (token: string): boolean =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

interface Key {
  readonly kid: string
  readonly secret: Uint8Array
}

interface Loaded {
  readonly jose: typeof import('jose')
  readonly keys: readonly [Key, ...Key[]]
}

const loadKeys = async ([first, ...older]: readonly [string, ...string[]]): Promise<Loaded> => {
  const jose = await import('jose')
  const keyOf = async (text: string): Promise<Key> => {
    const secret = new TextEncoder().encode(text)
    const thumbprint = await jose.calculateJwkThumbprint({
      kty: 'oct',
      k: Buffer.from(secret).toString('base64url'),
    })
    return { kid: thumbprint.slice(0, 8), secret }
  }
  return { jose, keys: [await keyOf(first), ...(await Promise.all(older.map(keyOf)))] }
}

/** An array instead of an object, because payabl allows only 255 characters for the whole address. */
const payloadOf = ({ kind, reference, attempt, expect, rail }: Signable): readonly unknown[] => [
  kind,
  wireReference(reference),
  attempt,
  expect.value,
  expect.currency,
  railTag(rail),
]

const readPayload = (payload: unknown, rail: string): CallbackTokenClaims | null => {
  if (!Array.isArray(payload)) return null
  const [kind, reference, attempt, , , tag] = payload
  if (typeof reference !== 'string' || typeof attempt !== 'number' || tag !== railTag(rail)) return null
  return { kind: kind as PaymentKind, reference, attempt }
}

/** A short hash of the rail, so that a token of one rail is not accepted at the address of another. */
const railTag = (rail: string): string => createHash('sha256').update(rail).digest('base64url').slice(0, 6)
