import { createSign, type KeyObject } from 'node:crypto'
import { merchantPair as merchant, trustlyPair as trustly } from '@railswitch/sandbox/fixtures/keys'

/** Trustly's notifications and their signatures, written from the protocol and not from the provider. */
export type Data = { readonly [name: string]: string | null | Data } | readonly Data[]

export const trustlyPublicKey = trustly.publicKey.export({ type: 'spki', format: 'pem' }).toString()
export const merchantPrivateKey = merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** Names in byte order, each followed by its value. Lists keep their order. Null has no value. */
const flat = (value: Data | string | null): string => {
  if (value === null || typeof value === 'string') return value ?? ''
  if (Array.isArray(value)) return value.map(flat).join('')
  const members = Object.entries(value as { readonly [name: string]: string | null | Data })
  return members
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, member]) => name + flat(member))
    .join('')
}

// Cached, because the same history is played several times and the signature takes most of the time.
const known = new Map<string, string>()

const signatureOf = (method: string, uuid: string, data: Data, key: KeyObject = trustly.privateKey): string => {
  const text = method + uuid + flat(data)
  const signature = known.get(text) ?? createSign('RSA-SHA1').update(text, 'utf8').sign(key, 'base64')
  if (known.size > 5000) known.clear()
  known.set(text, signature)
  return signature
}

export const signedNotification = (method: string, uuid: string, data: Data): string =>
  JSON.stringify({ method, params: { signature: signatureOf(method, uuid, data), uuid, data }, version: '1.1' })

export const signedResult = (method: string, uuid: string, data: Data): string =>
  JSON.stringify({ version: '1.1', result: { signature: signatureOf(method, uuid, data), uuid, method, data } })
