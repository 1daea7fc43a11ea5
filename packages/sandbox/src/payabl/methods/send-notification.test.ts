import {
  captureOf,
  creditedDeposit,
  elements,
  isSecured,
  placeDeposit,
  query,
  sample,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import type { PayablAssumptions } from '../../index.ts'

// protocol/payabl.md section 3.5 and the published res-resend-notification-authentic.xml.

let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date
const others: PayablAlone[] = []

const start = async (assumptions: Partial<PayablAssumptions>) => {
  const other = await startPayablAlone({ assumptions }, () => time)
  others.push(other)
  return other
}

beforeEach(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  shop = await startShop()
  sandbox = await start({})
})

afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await shop.close()
})

const place = (one: PayablAlone = sandbox) => placeDeposit(one, { notification_url: shop.url })
const resend = (transactionid: string, one: PayablAlone = sandbox) => query(one, 'send_notification', { transactionid })
const tags = (xml: string) => [...xml.matchAll(/<(\/?\w+)>/g)].map(([, name]) => name)

test('sends the last state again, with a new time, and answers in the documented shape', async () => {
  const { id } = await place()
  sandbox.payabl.accept(id)
  sandbox.payabl.credit(id)
  await sandbox.payabl.idle()
  time = new Date(time.getTime() + 60_000)
  const capture = captureOf(sandbox, id)?.transactionId ?? ''
  const xml = await resend(capture)
  expect(xml).toMatch(/^<\?xml version="1\.0" encoding="ISO-8859-1"\?>\n<response>/)
  expect(tags(xml)).toEqual(tags(sample('res-resend-notification-authentic.xml')))
  expect(elements(xml, 'notification_sent')).toEqual(['SUCCESSFULL'])
  expect(elements(xml, 'transaction_id')).toEqual([capture])
  expect(shop.received.map(({ fields }) => fields.payment_state)).toEqual(['not_credited_yet', 'credited', 'credited'])
  expect(shop.received.map(({ fields }) => fields.timestamp)).toEqual(['1795166400', '1795166400', '1795166460'])
  expect(shop.received.every((notified) => isSecured(notified, sandbox.payabl.merchant.secret))).toBe(true)
})

test('may repeat the very bytes', async () => {
  const other = await start({ resendTimestamp: 'same' })
  const { id } = await place(other)
  other.payabl.credit(id)
  await other.payabl.idle()
  time = new Date(time.getTime() + 60_000)
  await resend(captureOf(other, id)?.transactionId ?? '', other)
  expect(new Set(shop.received.map(({ body }) => body)).size).toBe(1)
  expect(shop.received).toHaveLength(2)
})

test('works with the preauthorization’s id, all that a merchant knows who missed every notification', async () => {
  const { id } = await place()
  sandbox.payabl.credit(id)
  await sandbox.payabl.idle()
  const xml = await resend(id)
  expect(elements(xml, 'transaction_id')).toEqual([id])
  expect(shop.received[1]?.fields).toMatchObject({ payment_state: 'credited' })
  expect(shop.received[1]?.fields.transactionid).not.toBe(id)
})

test('says so when there is nothing to send, and when the merchant does not take it', async () => {
  const { id } = await place()
  const xml = await resend(id)
  expect(elements(xml, 'notification_sent')).toEqual(['FAILED'])
  expect(elements(xml, 'error_code')).toEqual(['-6000'])
  sandbox.payabl.credit(id)
  await sandbox.payabl.idle()
  shop.answers.push((response) => response.writeHead(500).end())
  expect(elements(await resend(id), 'notification_sent')).toEqual(['FAILED'])
})

test('takes several transactions of one payment, and sends nothing for several payments', async () => {
  const { id } = await place()
  sandbox.payabl.credit(id)
  const capture = captureOf(sandbox, id)?.transactionId ?? ''
  const chargeback = sandbox.payabl.chargeBack(id)
  await sandbox.payabl.idle()
  const xml = await resend(`${capture},${chargeback}`)
  expect(xml).toContain('<transaction_id_2>')
  expect(shop.received.map(({ fields }) => fields.type).sort()).toEqual(['capture', 'capture', 'chb', 'chb'])
  const other = await creditedDeposit(sandbox, { notification_url: shop.url })
  await sandbox.payabl.idle()
  const before = shop.received.length
  expect(await resend(`${capture},${other}`)).toContain('<status>-6000</status>')
  expect(await resend(`${capture},1`)).toContain('<status>-6000</status>')
  expect(await resend('')).toContain('<status>-6000</status>')
  expect(shop.received).toHaveLength(before)
})
