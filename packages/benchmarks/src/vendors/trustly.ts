import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { isLeft, type Transport } from '@railswitch/core/provider'
import { createTrustlyDirect, type TrustlyDirect } from '@railswitch/trustly-direct'

// Trustly's side, written from its documentation alone: its messages are signed without our packages.

/** A process that a figure starts has the keys of the one that started it. */
const given: { readonly merchant?: string; readonly vendor?: string } = JSON.parse(process.env['BENCH_KEYS'] ?? '{}')

const pairOf = (privatePem: string | undefined) => {
  if (privatePem === undefined) return generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKey = createPrivateKey(privatePem)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

export const merchant = pairOf(given.merchant)
export const vendor = pairOf(given.vendor)

const pem = (key: KeyObject, type: 'pkcs8' | 'spki'): string => key.export({ type, format: 'pem' } as never).toString()

export const merchantPem = pem(merchant.privateKey, 'pkcs8')
export const vendorPrivatePem = pem(vendor.privateKey, 'pkcs8')
export const vendorPem = pem(vendor.publicKey, 'spki')

export type Json = string | null | readonly Json[] | { readonly [name: string]: Json }

/** @see https://docs.trustly.com/api/authentication (read 2026-11-21) */
const signedText = (data: Json): string => {
  if (typeof data === 'string') return data
  if (data === null) return ''
  if (Array.isArray(data)) return data.map(signedText).join('')
  return Object.entries(data)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => name + signedText(value))
    .join('')
}

export const bytesToSign = (method: string, uuid: string, data: Json): Buffer =>
  Buffer.from(method + uuid + signedText(data))

export const signedByVendor = (method: string, uuid: string, data: Json): string =>
  sign('sha1', bytesToSign(method, uuid, data), vendor.privateKey).toString('base64')

export const isSignedByMerchant = (method: string, uuid: string, data: Json, signature: string): boolean =>
  verify('sha1', bytesToSign(method, uuid, data), merchant.publicKey, Buffer.from(signature, 'base64'))

export interface Credit {
  readonly orderId: string
  readonly messageId: string
  readonly notificationId: string
}

/** A `credit` notification, as Trustly sends it. @see https://docs.trustly.com/api/credit (read 2026-11-21) */
export const creditNotification = ({ orderId, messageId, notificationId }: Credit): Buffer => {
  const uuid = uuidOf(notificationId)
  const data = {
    amount: '249.90',
    currency: 'SEK',
    messageid: messageId,
    orderid: orderId,
    enduserid: 'customer-1',
    notificationid: notificationId,
    timestamp: '2026-11-30 12:00:00.123456+00',
    attributes: {},
  }
  const signature = signedByVendor('credit', uuid, data)
  return Buffer.from(JSON.stringify({ method: 'credit', params: { signature, uuid, data }, version: '1.1' }))
}

export const uuidOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** The response to a request, signed. */
export const signedResponse = (method: string, uuid: string, data: Json): Buffer =>
  Buffer.from(
    JSON.stringify({ version: '1.1', result: { signature: signedByVendor(method, uuid, data), uuid, method, data } }),
  )

export const trustlyProvider = (transport?: Transport, url = 'http://127.0.0.1:9/api/1'): TrustlyDirect => {
  const provider = createTrustlyDirect(
    {
      environment: 'local',
      username: 'shop',
      password: 'a-password',
      privateKey: merchantPem,
      publicKey: vendorPem,
      url,
      replayAfterMs: [],
    },
    { transport },
  )
  if (isLeft(provider)) throw new Error(JSON.stringify(provider.left))
  return provider.right
}

/** What a Deposit needs, and what most merchants send. */
export const depositData = {
  NotificationURL: 'https://shop.example/callbacks/trustly/v1.abcdefghijklmnopqrstuvwxyz0123456789',
  EndUserID: 'customer-1',
  MessageID: 'order-1001.1.0123456789abcdef',
  Attributes: {
    Amount: '249.90',
    Currency: 'SEK',
    Country: 'SE',
    Locale: 'sv_SE',
    Firstname: 'Åsa',
    Lastname: 'Öberg',
    Email: 'asa@shop.example',
    MobilePhone: '+46701234567',
    IP: '203.0.113.7',
    ShopperStatement: 'SHOP',
    SuccessURL: 'https://shop.example/thanks',
    FailURL: 'https://shop.example/failed',
  },
} as const
