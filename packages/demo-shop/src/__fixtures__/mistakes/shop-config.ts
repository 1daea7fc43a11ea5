import { createPublicKey } from 'node:crypto'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { createPayments, memoryStore } from 'railswitch'
import { versatileBank } from 'railswitch/fixtures/versatile-bank'
import type { Anything } from './mistake.ts'

export const secret = 's'.repeat(32)
export const publicKey = createPublicKey(keys.merchant).export({ type: 'spki', format: 'pem' }).toString()
export const trustly = {
  use: 'trustly-direct',
  environment: 'test',
  username: 'shop',
  password: 'password',
  privateKey: keys.merchant,
}
export const payabl = { use: 'payabl-trustly', environment: 'test', merchantId: 'shop', secret: 'marked-secret' }
export const base = {
  active: 'trustly',
  providers: { trustly, payabl },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: [secret] },
  logger: false,
}
export const create = (change: object) => createPayments({ ...base, ...change } as Anything)
export const withRail = (change: object) => create({ providers: { trustly: { ...trustly, ...change } } })
export const withPayabl = (change: object) => create({ active: 'payabl', providers: { payabl: { ...payabl, ...change } } })
export const withCallbacks = (change: object) => create({ callbacks: { ...base.callbacks, ...change } })
export const withProvider = (change: object) => create({ active: 'bank', providers: { bank: { ...versatileBank().rail, ...change } } })
