import type { Random } from '../seed/random.ts'
import type { Delivered } from './delivered.ts'

/**
 * Changes one thing about a callback, and leaves its signature. payabl's does not cover the money, so its callbacks then arrive without
 * their token, which only the vendor and the shop know.
 */
export const tamper = (delivered: Delivered, random: Random): Delivered => {
  const text = Buffer.from(delivered.body).toString()
  const changed = random.pick(changes)(text)
  const url = text.startsWith('{') ? delivered.url : delivered.url.replace(/(\/payabl)\/.*/, '$1')
  return { ...delivered, url, body: Buffer.from(changed) }
}

const changes: ReadonlyArray<(text: string) => string> = [
  (text) => text.replace(/(amount"?[:=]"?)(\d)/i, '$19$2'),
  (text) => text.replace(/"method":"\w+"/, '"method":"credit"').replace(/type=\w+/, 'type=capture'),
  (text) => text.replace(/(orderid"?[:=]"?)(\d)/, '$18$2').replace(/(transactionid=)(\d)/, '$18$2'),
  (text) => text.replace(/(notificationid":")(\d)/, '$17$2').replace(/errorcode=[^&]*/, 'errorcode=0'),
  (text) => text.replace(/(accountid":")(\d)/, '$16$2').replace(/payment_state=[^&]*/, 'payment_state=credited'),
  (text) => text.replace(/"method":"\w+"/, '"method":"cancel"').replace(/errorcode=[^&]*/, 'errorcode=-5008'),
]
