import type { Random } from '../seed/random.ts'
import type { Delivered } from './delivered.ts'

/**
 * Changes one thing about a callback, and leaves its signature. payabl's does not cover the money: a callback whose money is changed
 * arrives without its token, which only the vendor and the shop know.
 */
export const tamper = (delivered: Delivered, random: Random): Delivered => {
  const text = Buffer.from(delivered.body).toString()
  const isFromTrustly = text.startsWith('{')
  const isSigned = isFromTrustly || random.chance(0.5)
  const changes = isFromTrustly ? trustlyChanges : isSigned ? signedPayablChanges : payablChanges
  const changed = changes.map((change) => change(text)).filter((one) => one !== text)
  const url = isSigned ? delivered.url : delivered.url.replace(/(\/payabl)\/.*/, '$1')
  return { ...delivered, url, body: Buffer.from(random.pick([text, ...changed])) }
}

type Change = (text: string) => string

const trustlyChanges: readonly Change[] = [
  (text) => text.replace(/("amount":")(\d)/, '$19$2'),
  (text) => text.replace(/("orderid":")(\d)/, '$18$2'),
  (text) => text.replace(/("notificationid":")(\d)/, '$17$2'),
  (text) => text.replace(/("accountid":")(\d)/, '$16$2'),
  (text) => text.replace(/"method":"\w+"/, '"method":"credit"'),
  (text) => text.replace(/"method":"\w+"/, '"method":"cancel"'),
]

const signedPayablChanges: readonly Change[] = [
  (text) => text.replace(/(transactionid=)(\d)/, '$18$2'),
  (text) => text.replace(/(\btype=)\w+/, '$1capture'),
  (text) => text.replace(/(\btype=)\w+/, '$1chb'),
  (text) => text.replace(/errorcode=[^&]*/, 'errorcode=0'),
  (text) => text.replace(/errorcode=[^&]*/, 'errorcode=-5008'),
]

const payablChanges: readonly Change[] = [
  ...signedPayablChanges,
  (text) => text.replace(/(amount=)(\d)/, '$19$2'),
  (text) => text.replace(/payment_state=[^&]*/, 'payment_state=credited'),
]
