import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Either, isLeft } from '@railswitch/core/provider'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { createTrustlyDirect } from '../provider.ts'

// Managed direct debit by the native client, with its own verification and acknowledgement of every notification.

let sandbox: Sandbox
let shopUrl: string
const notified: Array<{ readonly method: string; readonly data: unknown }> = []

const native = () => {
  const { url, publicKey, merchant } = sandbox.trustly
  const provider = createTrustlyDirect({ ...merchant, environment: 'local', url, publicKey, replayAfterMs: [] })
  if (isLeft(provider)) throw new Error(JSON.stringify(provider.left))
  return provider.right.native
}

const shop = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray())
  const notification = ok(native().verifyNotification({ body, contentType: request.headers['content-type'] ?? '' }))
  notified.push({ method: notification.method, data: notification.data })
  response.end(ok(await notification.acknowledge('OK')()).body)
})

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [], balance: { GBP: '100.00' } } })
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callbacks`
})
afterAll(async () => {
  await sandbox.close()
  await new Promise((resolve) => shop.close(resolve))
})

const ok = <A>(answer: Either<unknown, A>): A => {
  if (isLeft(answer)) throw answer.left
  return answer.right
}
const once = () => ({ uuid: randomUUID() })
const order = () => ({ NotificationURL: shopUrl, MessageID: randomUUID() })
const money = { Amount: '98.02', Currency: 'GBP' }

const received = async () => {
  await sandbox.trustly.idle({ withinMs: 10_000 })
  return notified.splice(0)
}

test('a mandate is signed, collected on, refunded, paid to and ended', async () => {
  const Attributes = {
    MerchantReference: '123ABC0123',
    Country: 'GB',
    Email: 'steve@shop.example',
    SuccessURL: 'https://shop.example/ok',
    FailURL: 'https://shop.example/no',
  }
  const mandate = ok(await native().directDebitMandate({ ...order(), EndUserID: 'c-77', Attributes }, once())())
  expect(await walkCheckout(mandate.url)).toBe('https://shop.example/ok')
  const [signed, active] = await received()
  expect([signed, active]).toMatchObject([
    { method: 'account', data: { orderid: mandate.orderid, attributes: { directdebitmandate: '0' } } },
    { method: 'account', data: { orderid: mandate.orderid, attributes: { directdebitmandate: '1' } } },
  ])
  const AccountID = String((active?.data as { readonly accountid?: string } | undefined)?.accountid)

  const debit = ok(await native().directDebit({ ...order(), AccountID, ...money }, once())())
  expect(debit).toEqual({ orderid: expect.stringMatching(/^\d{10}$/), result: '1', rejected: null })
  sandbox.trustly.complete(debit.orderid ?? '')
  expect((await received()).map(({ method }) => method)).toEqual(['pending', 'credit'])

  const refund = { OrderID: debit.orderid ?? '', MessageID: randomUUID(), ...money }
  expect(ok(await native().refundDirectDebit(refund, once())())).toMatchObject({ result: '1' })
  sandbox.trustly.confirmPayout(debit.orderid ?? '')
  expect(await received()).toMatchObject([
    { method: 'pending', data: { refund: '1', messageid: refund.MessageID } },
    { method: 'debit', data: { refund: '1', messageid: refund.MessageID } },
  ])

  const credit = ok(await native().directCredit({ ...order(), EndUserID: 'c-77', AccountID, ...money }, once())())
  expect(credit.result).toBe('1')
  sandbox.trustly.confirmPayout(credit.orderid ?? '')
  expect((await received()).map(({ method }) => method)).toEqual(['pending', 'debit'])

  const late = ok(await native().directDebit({ ...order(), AccountID, ...money }, once())())
  expect(ok(await native().cancelDirectDebit({ OrderID: late.orderid ?? '' }, once())())).toMatchObject({ result: '1' })
  const ended = await native().cancelDirectDebitMandate({ OrderID: mandate.orderid }, once())()
  expect(ok(ended)).toMatchObject({ result: '1' })
  expect((await received()).map(({ method }) => method)).toEqual(['cancel', 'cancel'])
})

test('a rejection is a result, with the documented reason', async () => {
  const debit = await native().directDebit({ ...order(), AccountID: '1234567890', ...money }, once())()
  expect(ok(debit)).toEqual({ orderid: null, result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND' })
  const refund = { OrderID: '1', MessageID: randomUUID(), ...money }
  expect(ok(await native().refundDirectDebit(refund, once())())).toMatchObject({ rejected: 'ERROR_CHARGE_NOT_FOUND' })
  const imported = {
    MerchantReference: '1234567890123',
    ImportType: 'CREATE',
    Country: 'GB',
    Email: 'steve@shop.example',
    AccountID: '12345678',
  } as const
  const importing = native().importDirectDebitMandate({ ...order(), EndUserID: 'c-77', Attributes: imported }, once())
  expect(ok(await importing())).toMatchObject({ rejected: 'ERROR_IMPORT_MANDATE_NOT_ALLOWED' })
})
