import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Signer } from '@railswitch/core/provider'
import { sign, verify } from './fake-signatures.ts'

/** A signed message as the library passes it to the check of its signature. */
export interface SignedMessage {
  readonly method: string | null
  readonly uuid: string | null
  readonly data: unknown
}

/** The merchant's signatures. */
export const signerOf = (privateKey: string): Signer => {
  const key = readOnce(privateKey, createPrivateKey)
  return { sign: async (bytes, { hash }) => sign(hash, bytes, key) }
}

/** The check of Trustly's signatures, over a canonical form of this file's own. */
export const verifierOf = (publicKey: string) => {
  const key = readOnce(publicKey, createPublicKey)
  return (message: SignedMessage, signature: string): boolean =>
    verify('sha1', signedBytes(message), key, Buffer.from(signature, 'base64'))
}

const signedBytes = ({ method, uuid, data }: SignedMessage): Buffer =>
  Buffer.from(`${method ?? ''}${uuid ?? ''}${canonical(data)}`)

// Reading a key takes longer than a hundred signatures of this simulation.
const keys = new Map<string, KeyObject>()

const readOnce = (pem: string, read: (pem: string) => KeyObject): KeyObject => {
  const key = keys.get(pem) ?? read(pem)
  keys.set(pem, key)
  return key
}

/** Names in order, each followed by its value; null and empty values as nothing. */
const canonical = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(canonical).join('')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => name + canonical(member))
    .join('')
}

/** What Trustly signs, as base64. */
export const signAsTrustly = (message: SignedMessage, privateKey: string): string =>
  Buffer.from(sign('sha1', signedBytes(message), readOnce(privateKey, createPrivateKey))).toString('base64')
