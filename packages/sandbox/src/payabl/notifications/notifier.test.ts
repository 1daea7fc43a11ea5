import {
  captureOf,
  creditedDeposit,
  type Fields,
  isSecured,
  paymentOf,
  placeDeposit,
  sample,
  startShop,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import type { PayablOptions } from '../../index.ts'

// Fields, states and hash: protocol/payabl.md sections 2.3 and 4 and the samples notification-trustly-*. The 15 days:
// section 6.1.

let sandbox: PayablAlone
let shop: Awaited<ReturnType<typeof startShop>>
let time: Date
const others: PayablAlone[] = []

beforeEach(async () => {
  time = new Date('2026-11-20T09:20:00Z')
  shop = await startShop()
  sandbox = await start({})
})

afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()))
  await shop.close()
})

const start = async (payabl: PayablOptions) => {
  const other = await startPayablAlone(payabl, () => time)
  others.push(other)
  return other
}
const place = (one: PayablAlone = sandbox, overrides: Fields = {}) =>
  placeDeposit(one, { notification_url: shop.url, ...overrides })
const names = (body: string) => [...new URLSearchParams(body).keys()].sort()
const fieldsOf = (index: number) => shop.received[index]?.fields ?? {}
const states = () => shop.received.map(({ fields }) => fields.payment_state)

describe('a notification', () => {
  test('of each state has the documented fields, and is secured', async () => {
    const [one, two] = [await place(), await place()]
    sandbox.payabl.accept(one.id)
    sandbox.payabl.credit(one.id)
    await sandbox.payabl.idle()
    sandbox.payabl.abort(two.id)
    await sandbox.payabl.idle()
    const samples = ['accepted', 'credited', 'aborted'].map((state) => sample(`notification-trustly-${state}.txt`))
    expect(shop.received.map(({ body }) => names(body))).toEqual(samples.map(names))
    expect(shop.received.every((notified) => isSecured(notified, sandbox.payabl.merchant.secret))).toBe(true)
    expect(shop.received[0]?.contentType).toBe('application/x-www-form-urlencoded')
    expect(fieldsOf(0)).toEqual({
      payment_method: '116',
      type: 'capture',
      errormessage: '',
      currency: 'EUR',
      amount: '10.00',
      errorcode: '0',
      orderid: 'trustly-0001',
      transactionid: captureOf(sandbox, one.id)?.transactionId,
      timestamp: '1795166400',
      payment_state: 'not_credited_yet',
      security: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(fieldsOf(2)).toMatchObject({ errorcode: '-5003', errormessage: 'Payment aborted by customer' })
  })

  test('has the same security as another of the same second, whatever the state', async () => {
    const { id } = await place()
    sandbox.payabl.accept(id)
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    expect(states()).toEqual(['not_credited_yet', 'credited'])
    expect(fieldsOf(0).security).toBe(fieldsOf(1).security)
    expect(shop.received[0]?.body.split('&')[0]).not.toBe(shop.received[1]?.body.split('&')[0])
  })

  test('names a capture with an id of its own, or the preauthorization where that is assumed', async () => {
    const { id } = await place()
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    expect(fieldsOf(0).transactionid).not.toBe(id)
    expect(paymentOf(sandbox, id)?.transactions.map(({ type, state }) => [type, state])).toEqual([
      ['preauthorization', 'credited'],
      ['capture', 'credited'],
    ])
    const same = await start({ assumptions: { captureId: 'same' } })
    const placed = await place(same)
    same.payabl.credit(placed.id)
    await same.payabl.idle()
    expect(fieldsOf(1).transactionid).toBe(placed.id)
    expect(paymentOf(same, placed.id)?.transactions).toHaveLength(1)
  })

  test('carries the customer’s bank fields only when they are switched on', async () => {
    const other = await start({ assumptions: { customerFields: 'latin1' } })
    const { id } = await place(other, { lastname: 'Müller' })
    other.payabl.accept(id)
    await other.payabl.idle()
    const body = shop.received[0]?.body ?? ''
    expect(names(body)).toEqual(names(sample('notification-trustly-accepted-additional.txt')))
    expect(body).toContain('account_holder=Muster+M%FCller')
    expect(body).toContain('bank_country=SE')
  })

  test('of money that does not come has the errorcode that is assumed, or the one given', async () => {
    const other = await start({ assumptions: { notCreditedErrorcode: '-5002' } })
    const [one, two] = [await place(), await place(other)]
    sandbox.payabl.fail(one.id)
    await sandbox.payabl.idle()
    expect(names(shop.received[0]?.body ?? '')).toEqual(names(sample('notification-trustly-not_credited.txt')))
    other.payabl.fail(two.id)
    await other.payabl.idle()
    expect(shop.received.map(({ fields }) => fields.errorcode)).toEqual(['0', '-5002'])
    expect(states()).toEqual(['not_credited', 'not_credited'])
  })

  test('goes to the account’s address when the request names none', async () => {
    const other = await start({ account: { notificationUrl: shop.url } })
    const { id } = await place(other, { notification_url: undefined })
    other.payabl.credit(id)
    await other.payabl.idle()
    expect(states()).toEqual(['credited'])
  })
})

describe('the delivery', () => {
  const outcomeOf = (id: string, one: PayablAlone = sandbox) =>
    captureOf(one, id)?.notifications.map(({ outcome }) => outcome)

  test('is tried once, and what was not taken is only noted', async () => {
    shop.answers.push((response) => response.writeHead(500).end())
    const { id } = await place()
    sandbox.payabl.accept(id)
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    expect(captureOf(sandbox, id)?.notifications).toEqual([
      {
        id: 'n1',
        type: 'capture',
        errorcode: '0',
        state: 'not_credited_yet',
        attempts: [{ at: '2026-11-20T09:20:00.000Z', outcome: 'HTTP status 500' }],
        outcome: 'HTTP status 500',
      },
      expect.objectContaining({ id: 'n2', state: 'credited', outcome: 'accepted' }),
    ])
  })

  test.each([201, 204, 299])('takes HTTP status %i for an acknowledgement', async (status) => {
    shop.answers.push((response) => response.writeHead(status).end())
    const { id } = await place()
    sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    expect(outcomeOf(id)).toEqual(['accepted'])
  })

  test('is repeated when that is wanted, with the same bytes', async () => {
    const other = await start({ redeliverAfterMs: [0, 1] })
    shop.answers.push(
      (response) => response.writeHead(302, { Location: '/' }).end(),
      (response) => response.destroy(),
    )
    const { id } = await place(other)
    other.payabl.credit(id)
    await other.payabl.idle()
    const [notification] = captureOf(other, id)?.notifications ?? []
    expect(notification?.attempts.map(({ outcome }) => outcome)).toEqual([
      'HTTP status 302',
      expect.stringContaining('no answer: '),
      'accepted',
    ])
    expect(new Set(shop.received.map(({ body }) => body)).size).toBe(1)
  })

  test('can be repeated by hand', async () => {
    const { id } = await place()
    const sent = sandbox.payabl.credit(id)
    await sandbox.payabl.idle()
    expect(await sandbox.payabl.redeliver(sent)).toBe('accepted')
    shop.answers.push((response) => response.writeHead(401).end())
    expect(await sandbox.payabl.redeliver(sent)).toBe('HTTP status 401')
    expect(new Set(shop.received.map(({ body }) => body)).size).toBe(1)
    await expect(sandbox.payabl.redeliver('n9')).rejects.toThrow('There is no notification n9.')
  })

  test('does not leave the machine, and needs an address', async () => {
    const [away, nowhere] = [
      await place(sandbox, { notification_url: 'https://shop.example/notify' }),
      await place(sandbox, { notification_url: undefined }),
    ]
    sandbox.payabl.credit(away.id)
    sandbox.payabl.credit(nowhere.id)
    await sandbox.payabl.idle()
    expect(outcomeOf(away.id)).toEqual(['not sent: the address is not on loopback'])
    expect(outcomeOf(nowhere.id)).toEqual(['not sent: there is no notification_url'])
  })
})

test('a raw notification carries what the test wants and leaves the books alone', async () => {
  const { id } = await place()
  sandbox.payabl.notify(id, { payment_state: 'credited', amount: '9999.00', errormessage: undefined, note: 'ü' })
  sandbox.payabl.notify(id, { security: 'forged' })
  await sandbox.payabl.idle()
  expect(fieldsOf(0)).toMatchObject({ transactionid: id, payment_state: 'credited', amount: '9999.00', note: 'ü' })
  expect(fieldsOf(0)).not.toHaveProperty('errormessage')
  expect(shop.received.map((notified) => isSecured(notified, sandbox.payabl.merchant.secret))).toEqual([true, false])
  expect(paymentOf(sandbox, id)?.transactions[0]?.state).toBe('pending')
})

test('fifteen days without money fail a payment that was accepted', async () => {
  const [waiting, credited, pending] = [await place(), await creditedDeposit(sandbox), await place()]
  sandbox.payabl.accept(waiting.id)
  await sandbox.clock.move(15 * 86_400_000 - 1)
  const stateOf = (id: string) => paymentOf(sandbox, id)?.transactions[0]?.state
  expect(stateOf(waiting.id)).toBe('not_credited_yet')
  await sandbox.clock.move(1)
  await sandbox.clock.move(15 * 86_400_000)
  await sandbox.payabl.idle()
  expect(states()).toEqual(['not_credited_yet', 'not_credited'])
  expect([waiting.id, credited, pending.id].map(stateOf)).toEqual(['not_credited', 'credited', 'pending'])
})

test('what cannot happen to a payment throws', async () => {
  const { id } = await place()
  sandbox.payabl.credit(id)
  const capture = captureOf(sandbox, id)?.transactionId ?? ''
  expect(() => sandbox.payabl.accept(id)).toThrow(`Transaction ${capture} is credited, not pending.`)
  expect(() => sandbox.payabl.abort(id)).toThrow('is credited')
  expect(() => sandbox.payabl.credit('1')).toThrow('There is no transaction 1.')
  expect(() => sandbox.payabl.chargeBack(id, '10.01')).toThrow('has less money left')
  expect(() => sandbox.payabl.chargeBack(id, '1.5')).toThrow('1.5 is not an amount.')
  expect(() => sandbox.payabl.failPayout(id)).toThrow('is credited, not accepted')
})
