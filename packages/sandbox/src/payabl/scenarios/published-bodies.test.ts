import { readFileSync } from 'node:fs'
import { bodyOf, post, sample, signedBody, startShop } from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'
import type { PayablAssumptions, PayablOptions } from '../../index.ts'

// Each test rests on bodies that others made: "authentic" ones are copied from docs.payabl.com or recorded by public
// clients (protocol/payabl.md section 12), the vectors are signed by the published rule with the published secret b185
// of the vendor's shared sandbox (sections 2.4, 8 and 10). They go in byte for byte, and answers are compared with them
// byte for byte but for the address of the hosted page and the number of the payer.

type Vector = {
  readonly name: string
  readonly kind: string
  readonly params: Record<string, string>
  readonly secret: string
  readonly wire?: string
  readonly expected_sha1: string
}

const vectors = (
  JSON.parse(readFileSync(new URL('../../__fixtures__/payabl/vectors.json', import.meta.url), 'utf8')) as Vector[]
).filter(({ kind }) => kind === 'request-sha1')

let sandbox: PayablAlone
let time: Date
const others: Array<{ readonly close: () => Promise<unknown> }> = []

afterEach(() => Promise.all(others.splice(0).map((other) => other.close())))

const testMerchants = ['gateway_test', 'gateway_test_3d', 'gateway_test3d', 'api_test'].map((merchantId) => ({
  merchantId,
  secret: 'b185',
  balance: { EUR: '1000.00', SEK: '1000.00' },
}))

type Setting = PayablOptions & { readonly at: string; readonly first?: number }

const start = async ({ at, first, ...payabl }: Setting) => {
  time = new Date(at)
  const firstTransactionId = first === undefined ? {} : { firstTransactionId: first }
  sandbox = await startPayablAlone({ merchants: testMerchants, ...firstTransactionId, ...payabl }, () => time)
  others.push(sandbox)
}

const send = async (action: string, body: string) =>
  Buffer.from(await (await post(sandbox, action, body)).arrayBuffer()).toString('latin1')
const own = (action: string, fields: Record<string, string>) => send(action, signedBody(fields, 'b185'))
const payment = {
  merchantid: 'gateway_test',
  amount: '10.00',
  currency: 'EUR',
  payment_method: '116',
  country: 'SWE',
  language: 'sv',
  email: 'test@test.com',
  firstname: 'Muster',
  lastname: 'Mann',
  url_success: 'https://shop.example/ok',
  url_failed: 'https://shop.example/ko',
  url_return: 'https://shop.example/return',
}
const same: Partial<PayablAssumptions> = { captureId: 'same' }
const namesOf = (body: string) => [...new URLSearchParams(body).keys()]
const shopUrl = async () => {
  const shop = await startShop()
  others.push(shop)
  return shop
}

describe('requests signed by others', () => {
  test('req-preauthorize-trustly starts a pay-in and gets the documented pending answer', async () => {
    await start({ at: '2026-11-20T09:20:00Z', first: 104900001 })
    const answer = await send('payment_preauthorize', bodyOf('req-preauthorize-trustly.http'))
    const fields = new URLSearchParams(answer)
    const changing = (body: string) =>
      body.replace(/redirect_url=[^&]*/, 'redirect_url=').replace(/user_id=\d{7}$/, 'user_id=')
    expect(changing(answer)).toBe(changing(sample('res-preauthorize-trustly-pending.txt').trim()))
    expect(fields.get('redirect_url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/payabl\/checkout\/[\w-]{36}$/)
  })

  test('req-cft-existing-trustly pays out on the credited pay-in that it names', async () => {
    await start({ at: '2026-11-20T09:20:00Z', first: 104837273 })
    await own('payment_preauthorize', payment)
    sandbox.payabl.credit('104837273')
    expect(await send('payment_cft', bodyOf('req-cft-existing-trustly.http'))).toBe(
      sample('res-cft-accepted.txt').trim().replaceAll('104900002', '104837275'),
    )
  })

  test.each([
    ['req-cft-new-account-iban.http', 'payout-0002', '25.00', 'EUR'],
    ['req-cft-new-account-sweden.http', 'payout-0003', '250.00', 'SEK'],
  ])('%s pays out to the account', async (name, orderid, amount, currency) => {
    await start({ at: '2026-11-20T09:20:00Z', first: 104900002 })
    const expected = sample('res-cft-accepted.txt')
      .trim()
      .replace('payout-0001', orderid)
      .replaceAll('25.00', amount)
      .replace('EUR', currency)
    expect(await send('payment_cft', bodyOf(name))).toBe(expected)
    expect(sandbox.payabl.books('gateway_test').payments).toMatchObject([{ transactions: [{ state: 'accepted' }] }])
  })

  test('req-cft-existing-trustly is aborted where a short balance is refused', async () => {
    const merchants = [{ merchantId: 'gateway_test', secret: 'b185' }]
    const assumptions = { ...same, shortBalance: 'refused' } as const
    await start({ at: '2026-11-20T09:20:00Z', first: 104837274, merchants, assumptions })
    await own('payment_preauthorize', payment)
    sandbox.payabl.credit('104837274')
    const aborted = sample('res-cft-aborted.txt').trim().replaceAll('104900002', '104837275')
    expect(await send('payment_cft', bodyOf('req-cft-existing-trustly.http'))).toBe(aborted)
  })

  test('req-refund sends a part of the pay-in back', async () => {
    await start({ at: '2026-11-20T09:20:00Z', first: 104837274, assumptions: same })
    await own('payment_preauthorize', { ...payment, orderid: 'trustly-0001' })
    sandbox.payabl.credit('104837274')
    expect(await send('payment_refund', bodyOf('req-refund.http'))).toBe(
      'transactionid=104837275&transid=104837275&status=0&errormessage=&errmsg=&amount=4.50&price=4.50&currency=EUR&orderid=trustly-0001',
    )
  })

  test('req-diagnose-tx and req-diagnose-orderid find the pending payment, in the bytes of the sample', async () => {
    await start({ at: '2026-11-20T09:20:00Z', first: 104837274, assumptions: same })
    await own('payment_preauthorize', { ...payment, orderid: 'trustly-0001' })
    time = new Date('2026-11-20T09:25:13Z')
    const expected = sample('res-diagnose-tx-trustly-pending.xml').replace('104900001', '104837274')
    expect(await send('tx_diagnose', bodyOf('req-diagnose-tx.http'))).toBe(expected)
    expect(await send('tx_diagnose', bodyOf('req-diagnose-orderid.http'))).toBe(expected)
  })

  test('req-resend-notification-authentic is answered in the very bytes of the published answer', async () => {
    const shop = await shopUrl()
    await start({ at: '2023-02-06T10:30:00Z', first: 104837644 })
    await own('payment_preauthorize', { ...payment, merchantid: 'gateway_test3d', notification_url: shop.url })
    sandbox.payabl.credit('104837644')
    await sandbox.payabl.idle()
    time = new Date('2023-02-06T10:36:47Z')
    const [prolog, ...xml] = (
      await send('send_notification', sample('req-resend-notification-authentic.txt').trim())
    ).split('\n')
    expect(prolog).toBe('<?xml version="1.0" encoding="ISO-8859-1"?>')
    expect(xml.join('\n').trim()).toBe(sample('res-resend-notification-authentic.xml').trim())
    expect(shop.received.map(({ fields }) => fields.payment_state)).toEqual(['credited', 'credited'])
  })

  test('req-cft-existing-card-authentic is genuine, and refused only because it is a card’s', async () => {
    await start({ at: '2026-11-20T09:20:00Z' })
    const answer = await send('payment_cft', sample('req-cft-existing-card-authentic.txt').trim())
    expect(answer).toContain('&status=-1316&errormessage=Merchant+payment+method+wrong+or+missing&')
    expect(sandbox.payabl.requests().at(-1)?.hint).toBe('payment_method is malformed')
  })

  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    'the vector "%s" is genuine',
    async (_, { params, secret, wire, expected_sha1 }) => {
      const merchants = [{ merchantId: 'gateway_test', secret }]
      await start({ at: '2026-11-20T09:20:00Z', merchants })
      const body = wire ?? new URLSearchParams({ ...params, signature: expected_sha1 }).toString()
      await send('payment_preauthorize', body)
      const { status, hint } = sandbox.payabl.requests()[0] ?? {}
      // What it lacks for a Trustly pay-in is named: that comes after the signature.
      expect([status === 2000, hint?.endsWith(' is missing'), hint === 'payment_method is malformed']).toContain(true)
    },
  )

  test.each([
    ['payment_refund', 'req-refund-authentic.txt'],
    ['payment_capture', 'req-capture-authentic.txt'],
    ['payment_reversal', 'req-reversal-authentic.txt'],
    ['tx_diagnose', 'req-diagnose-type-authentic.txt'],
  ])('%s with %s, whose secret is not published, gets -999 and not one field more', async (action, name) => {
    await start({ at: '2026-11-20T09:20:00Z' })
    const answer = await send(action, sample(name).trim())
    if (action === 'tx_diagnose') expect(answer).toContain('<status>-999</status>')
    else expect(answer).toBe(sample('res-preauthorize-bad-signature.txt').trim())
    expect(sandbox.payabl.requests().at(-1)?.hint).toBe('made with another secret, or over other values')
  })
})

describe('answers that others recorded', () => {
  test('res-refund-new-docs-authentic: a new id and 0', async () => {
    await start({ at: '2026-11-20T09:20:00Z', first: 105898754 })
    await own('payment_preauthorize', { ...payment, orderid: 'api-test-123' })
    sandbox.payabl.credit('105898754')
    const money = { merchantid: 'gateway_test', transactionid: '105898755', amount: '1.23', currency: 'EUR' }
    expect(await own('payment_refund', money)).toBe(sample('res-refund-new-docs-authentic.txt').trim())
  })

  test('res-refund-old-docs-authentic: the id of the pay-in and 2000, where that is assumed', async () => {
    const assumptions = { ...same, refundId: 'original', refundStatus: 2000 } as const
    await start({ at: '2026-11-20T09:20:00Z', first: 6905370, assumptions })
    await own('payment_preauthorize', payment)
    sandbox.payabl.credit('6905370')
    const money = { merchantid: 'gateway_test', transactionid: '6905370', amount: '1.23', currency: 'EUR' }
    expect(await own('payment_refund', money)).toBe(sample('res-refund-old-docs-authentic.txt').trim())
  })

  test('res-diagnose-type-authentic: the list of captures, to the byte', async () => {
    await start({ at: '2012-02-10T15:19:10Z', first: 6905370, assumptions: same })
    await own('payment_preauthorize', { ...payment, amount: '1.23', orderid: '1234-123456789-4321' })
    time = new Date('2012-02-10T15:52:25Z')
    sandbox.payabl.credit('6905370')
    time = new Date('2012-02-13T15:41:19Z')
    const dates = { start_date: '01.01.2012', end_date: '13.02.2012' }
    expect((await own('tx_diagnose', { merchantid: 'gateway_test', type: 'capture', ...dates })).trim()).toBe(
      sample('res-diagnose-type-authentic.xml').trim(),
    )
  })

  test('res-diagnose-tx-authentic: the step of a paid transaction, to the byte', async () => {
    await start({ at: '2014-08-30T23:55:17Z', first: 56854852, assumptions: { ...same, stepType: 'invoice' } })
    await own('payment_preauthorize', { ...payment, amount: '1.00', orderid: '43', custom1: '123456' })
    sandbox.payabl.credit('56854852')
    time = new Date('2015-01-19T09:25:13Z')
    const query = { merchantid: 'gateway_test', type: 'tx', transactionid: '56854852' }
    expect((await own('tx_diagnose', query)).trim()).toBe(sample('res-diagnose-tx-authentic.xml').trim())
  })

  test.each([
    ['payment_capture', 'res-capture-authentic.txt'],
    ['payment_reversal', 'res-reversal-authentic.txt'],
    ['payment_preauthorize', 'res-preauthorize-authorized-authentic.txt'],
  ])('%s has the fields of %s in its order', async (action, name) => {
    await start({ at: '2026-11-20T09:20:00Z', first: 6905370 })
    await own('payment_preauthorize', payment)
    const transaction = { merchantid: 'gateway_test', transactionid: '6905370' }
    const fields = action === 'payment_preauthorize' ? payment : transaction
    const answered = namesOf(await own(action, fields))
    const published = namesOf(sample(name).trim())
    expect(answered.filter((field) => published.includes(field))).toEqual(published)
  })

  test('res-preauthorize-missing-field and -bad-signature: refusals with nothing in them', async () => {
    await start({ at: '2026-11-20T09:20:00Z' })
    expect(await own('payment_preauthorize', { merchantid: 'gateway_test' })).toBe(
      sample('res-preauthorize-missing-field.txt').trim(),
    )
    expect(await send('payment_preauthorize', signedBody(payment, 'other'))).toBe(
      sample('res-preauthorize-bad-signature.txt').trim(),
    )
  })
})

describe('notifications', () => {
  const fieldsIn = (body: string) => Object.fromEntries(new URLSearchParams(body))
  const sent = async (happen: (id: string) => unknown, assumptions: Partial<PayablAssumptions> = {}) => {
    const shop = await shopUrl()
    await start({ at: '2026-11-20T09:20:00Z', first: 104900001, assumptions: { ...same, ...assumptions } })
    await own('payment_preauthorize', { ...payment, orderid: 'trustly-0001', notification_url: shop.url })
    happen('104900001')
    await sandbox.payabl.idle()
    return shop.received
  }

  test('the first of a payment has the very bytes of notification-trustly-accepted', async () => {
    const [accepted] = await sent((id) => sandbox.payabl.accept(id))
    expect(accepted?.body).toBe(sample('notification-trustly-accepted.txt').trim())
  })

  test('those that follow have every field and hash of their samples, in another order', async () => {
    const received = await sent((id) => {
      sandbox.payabl.accept(id)
      time = new Date('2026-11-20T09:22:00Z')
      sandbox.payabl.credit(id)
      time = new Date('2026-12-05T09:20:00Z')
      sandbox.payabl.fail(id)
    })
    const names = ['accepted', 'credited', 'not_credited'].map((state) => `notification-trustly-${state}.txt`)
    expect(received.map(({ fields }) => fields)).toEqual(names.map((name) => fieldsIn(sample(name).trim())))
  })

  test('that of a customer who gave up has every field and hash of notification-trustly-aborted', async () => {
    const [aborted] = await sent((id) => {
      time = new Date('2026-11-20T09:25:00Z')
      sandbox.payabl.abort(id)
    })
    expect(aborted?.fields).toEqual(fieldsIn(sample('notification-trustly-aborted.txt').trim()))
  })

  test('with the bank fields it has the names and the hash of notification-trustly-accepted-additional', async () => {
    const [accepted] = await sent((id) => sandbox.payabl.accept(id), { customerFields: 'utf8' })
    const published = fieldsIn(sample('notification-trustly-accepted-additional.txt').trim())
    // The bank is invented, by whoever writes a sample.
    const { bic, bank_name, ...fields } = published
    expect(accepted?.fields).toMatchObject(fields)
    expect(Object.keys(accepted?.fields ?? {})).toEqual(Object.keys(published))
  })

  test('those of a failed payout and of a refund have every field and hash of their samples', async () => {
    const shop = await shopUrl()
    await start({ at: '2026-11-20T09:20:00Z', first: 104900002, assumptions: { ...same, tellsRefunds: true } })
    const account = { bankcountry: 'DE', accountnumber: 'DE89370400440532013000', birthday: '01011970' }
    const order = { orderid: 'payout-0001', amount: '25.00', notification_url: shop.url }
    await own('payment_cft', { ...payment, ...account, ...order })
    time = new Date(1795339200_000)
    sandbox.payabl.failPayout('104900002')
    await sandbox.payabl.idle()
    expect(shop.received.at(-1)?.fields).toEqual(fieldsIn(sample('notification-payout-failed.txt').trim()))
    await start({ at: '2026-11-20T09:20:00Z', first: 104900002, assumptions: { ...same, tellsRefunds: true } })
    await own('payment_preauthorize', { ...payment, orderid: 'trustly-0001', notification_url: shop.url })
    sandbox.payabl.credit('104900002')
    time = new Date(1795252800_000)
    sandbox.payabl.refundFromDashboard('104900002', '4.50')
    await sandbox.payabl.idle()
    expect(shop.received.at(-1)?.fields).toEqual(fieldsIn(sample('notification-refund.txt').trim()))
  })
})
