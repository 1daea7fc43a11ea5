import { createHash } from 'node:crypto'
import { isLeft, type Transport } from '@railswitch/core/provider'
import { createPayablTrustly, type PayablTrustly } from '@railswitch/payabl-trustly'

/** payabl's side, written from its documentation alone. */
export const secret = 'b185'

export const payablProvider = (transport: Transport): PayablTrustly => {
  const provider = createPayablTrustly(
    { environment: 'local', merchantId: 'gateway_test', secret, url: 'http://127.0.0.1:9/pay/backoffice' },
    { transport },
  )
  if (isLeft(provider)) throw new Error(JSON.stringify(provider.left))
  return provider.right
}

/** 24 parameters of a deposit; with merchantid and signature, 26 are sent. */
export const preauthorizeParameters = {
  amount: '249.90',
  currency: 'EUR',
  payment_method: '116',
  orderid: 'order-1001.1.0123456789abcdef',
  country: 'DEU',
  language: 'de',
  email: 'asa@shop.example',
  firstname: 'Åsa',
  lastname: 'Öberg',
  customerip: '203.0.113.7',
  url_success: 'https://shop.example/thanks',
  url_failed: 'https://shop.example/failed',
  url_return: 'https://shop.example/return',
  notification_url: 'https://shop.example/callbacks/payabl/v1.abcdefghijklmnopqrstuvwxyz0123456789',
  birthday: '31011979',
  gender: 'F',
  street: 'Hauptstraße',
  house: '7',
  zip: '10115',
  city: 'Berlin',
  state: 'BE',
  phone: '+493012345678',
  customerid: 'customer-1',
  custom1: 'spring',
} as const

/** @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21) */
export const requestSignature = (parameters: Readonly<Record<string, string>>): string =>
  createHash('sha1')
    .update(
      Object.keys(parameters)
        .sort()
        .map((name) => parameters[name])
        .join('') + secret,
      'latin1',
    )
    .digest('hex')

export const notificationSecurity = (fields: Readonly<Record<string, string | null>>): string =>
  createHash('sha256')
    .update(['transactionid', 'type', 'errorcode', 'timestamp'].map((name) => fields[name]).join('') + secret)
    .digest('hex')

/** A notification of a capture. @see https://docs.payabl.com/docs/trustly (read 2026-11-21) */
export const captureNotification = (transactionid: string): Buffer => {
  const fields = {
    transactionid,
    type: 'capture',
    errorcode: '0',
    timestamp: '1795953600',
    amount: '249.90',
    currency: 'EUR',
    orderid: 'order-1001.1.0123456789abcdef',
    payment_method: '116',
    payment_state: 'credited',
    errormessage: '',
  }
  return Buffer.from(new URLSearchParams({ ...fields, security: notificationSecurity(fields) }).toString())
}
