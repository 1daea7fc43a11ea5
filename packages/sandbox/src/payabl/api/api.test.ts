import {
  call,
  captureOf,
  creditedDeposit,
  depositFields,
  paymentOf,
  placeDeposit,
  post,
  query,
  sample,
  signedBody,
} from '../../__fixtures__/payabl/shop.ts'
import { type PayablAlone, startPayablAlone } from '../../__fixtures__/payabl/start-payabl.ts'

// The fields of an answer: protocol/payabl.md section 3 and the samples res-preauthorize-*. What is refused and how:
// sections 2.1, 3.4 and 8. Two encodings: sections 1 and 2.1.

let sandbox: PayablAlone

beforeEach(async () => {
  sandbox = await startPayablAlone()
})

afterEach(() => sandbox.close())

const names = (body: string) => [...new URLSearchParams(body).keys()].sort()
const lastRequest = () => sandbox.payabl.requests().at(-1)

describe('a preauthorize', () => {
  test('is answered as pending with an address, in the fields of the documented answer', async () => {
    const { merchantId, secret } = sandbox.payabl.merchant
    const body = signedBody({ merchantid: merchantId, ...depositFields() }, secret)
    const response = await post(sandbox, 'payment_preauthorize', body)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(names(text)).toEqual(names(sample('res-preauthorize-trustly-pending.txt')))
    const answer = Object.fromEntries(new URLSearchParams(text))
    expect(answer).toEqual({
      transactionid: expect.stringMatching(/^\d{9}$/),
      transid: answer.transactionid,
      status: '2000',
      errormessage: 'pending',
      errmsg: 'pending',
      amount: '10.00',
      price: '10.00',
      currency: 'EUR',
      orderid: 'trustly-0001',
      payment_method: '116',
      redirect_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/payabl\/checkout\/[\w-]{36}$/),
      user_id: expect.stringMatching(/^\d{7}$/),
    })
    expect(paymentOf(sandbox, answer.transactionid ?? '')).toMatchObject({
      redirectUrl: answer.redirect_url,
      transactions: [{ type: 'preauthorization', orderid: 'trustly-0001', amount: '10.00', state: 'pending' }],
    })
  })

  test('with an orderid that was used before is another payment', async () => {
    const [one, two] = [await placeDeposit(sandbox), await placeDeposit(sandbox)]
    expect(one.id).not.toBe(two.id)
    expect(sandbox.payabl.books().payments).toHaveLength(2)
  })

  test('writes spaces as + and gives back the very bytes of the orderid', async () => {
    const { merchantId, secret } = sandbox.payabl.merchant
    const body = signedBody({ merchantid: merchantId, ...depositFields({ orderid: 'a b&ü' }) }, secret)
    const text = await (await post(sandbox, 'payment_preauthorize', body)).text()
    expect(text).toContain('&orderid=a+b%26%C3%BC&')
  })

  test('may leave the orderid out, and may send empty and unknown parameters', async () => {
    const answer = await call(
      sandbox,
      'payment_preauthorize',
      depositFields({ orderid: undefined, gender: '', anything: 'x' }),
    )
    expect(answer).toMatchObject({ status: '2000', orderid: '' })
  })

  test('keeps its currency to those that are enabled', async () => {
    const merchant = { merchantId: 'euro_only', secret: 's3cret', currencies: ['EUR'] }
    const other = await startPayablAlone({ merchants: [merchant] })
    const pay = async (currency: string) => {
      const body = signedBody({ merchantid: 'euro_only', ...depositFields({ currency }) }, 's3cret')
      return new URLSearchParams(await (await post(other, 'payment_preauthorize', body)).text()).get('status')
    }
    expect([await pay('EUR'), await pay('SEK')]).toEqual(['2000', '-6000'])
    expect(other.payabl.books().payments).toHaveLength(1)
    expect(other.payabl.books(other.payabl.merchant.merchantId).payments).toHaveLength(0)
    expect(() => other.payabl.books('nobody')).toThrow('There is no merchant nobody.')
    await other.close()
  })
})

describe('a request that is not genuine', () => {
  const refused = sample('res-preauthorize-bad-signature.txt')

  test('gets -999, with the fields of the documented answer, and makes no payment', async () => {
    const body = signedBody({ merchantid: sandbox.payabl.merchant.merchantId, ...depositFields() }, 'wrong')
    const response = await post(sandbox, 'payment_preauthorize', body)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(refused)
    expect(sandbox.payabl.books().payments).toEqual([])
    expect(lastRequest()).toMatchObject({ status: -999, hint: 'made with another secret, or over other values' })
  })

  test('gets -999 for an unknown merchant and for a body that is no form', async () => {
    const { secret } = sandbox.payabl.merchant
    expect(await (await post(sandbox, 'payment_refund', signedBody({ merchantid: 'nobody' }, secret))).text()).toBe(
      refused,
    )
    expect(lastRequest()?.hint).toBe('there is no such merchantid')
    expect(await (await post(sandbox, 'payment_cft', '{"merchantid":"nobody"}')).text()).toBe(refused)
    expect(lastRequest()?.hint).toBe('merchantid is missing, or the body is no form')
  })

  test('gets it in XML from a query', async () => {
    const response = await post(sandbox, 'tx_diagnose', 'merchantid=nobody')
    expect(response.headers.get('content-type')).toBe('text/xml; charset=ISO-8859-1')
    expect(await response.text()).toContain('<error_message>Unknown error</error_message>')
  })

  test('gets -6000 where the newer page is followed', async () => {
    const other = await startPayablAlone({ assumptions: { badSignatureStatus: -6000 } })
    const body = signedBody({ merchantid: other.payabl.merchant.merchantId }, 'wrong')
    expect(await (await post(other, 'payment_refund', body)).text()).toContain('&status=-6000&')
    await other.close()
  })
})

describe('the encoding of a request', () => {
  const statusOf = async (one: PayablAlone, encoding: 'utf8' | 'latin1') => {
    const { merchantId, secret } = one.payabl.merchant
    const body = signedBody({ merchantid: merchantId, ...depositFields({ firstname: 'Jürgen' }) }, secret, encoding)
    return new URLSearchParams(await (await post(one, 'payment_preauthorize', body)).text()).get('status')
  }

  test('may be either, for the signature is over bytes', async () => {
    expect([await statusOf(sandbox, 'utf8'), await statusOf(sandbox, 'latin1')]).toEqual(['2000', '2000'])
  })

  test('must be ISO-8859-1 when configured to', async () => {
    const strict = await startPayablAlone({ assumptions: { latin1Only: true } })
    expect([await statusOf(strict, 'utf8'), await statusOf(strict, 'latin1')]).toEqual(['-6000', '2000'])
    expect(strict.payabl.requests()[0]?.hint).toBe('multibyte UTF-8: requests are ISO-8859-1')
    await strict.close()
  })
})

test.each(['payment_authorize', 'payment_capture', 'payment_partialcapture', 'payment_reversal'])(
  'has no %s for Trustly',
  async (action) => {
    const transactionid = await creditedDeposit(sandbox)
    expect(await call(sandbox, action, { transactionid })).toMatchObject({ status: '-104', errmsg: 'Illegal command' })
    expect(captureOf(sandbox, transactionid)?.state).toBe('credited')
  },
)

test.each(['payment_capture', 'payment_reversal'])('%s needs a transaction of the merchant', async (action) => {
  expect(await call(sandbox, action, {})).toMatchObject({ status: '-6000' })
  expect(lastRequest()?.hint).toBe('transactionid is missing')
  expect(await call(sandbox, action, { transactionid: '1' })).toMatchObject({ status: '-6000' })
  expect(lastRequest()?.hint).toBe('there is no such transaction')
})

test('has no other action, and takes only POST', async () => {
  expect((await post(sandbox, 'payment_gift', '')).status).toBe(404)
  expect((await fetch(`${sandbox.payabl.url}/payment_refund`)).status).toBe(405)
})

test('logs requests without secrets, signatures or anything about the customer', async () => {
  await call(sandbox, 'payment_preauthorize', depositFields({ secret: sandbox.payabl.merchant.secret }))
  await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: '5' })
  expect(sandbox.payabl.requests()).toEqual([
    {
      at: expect.stringMatching(/^20\d\d-.*Z$/),
      action: 'payment_preauthorize',
      orderid: 'trustly-0001',
      status: 2000,
      hint: 'the secret itself was sent',
      answerDropped: false,
    },
    { at: expect.any(String), action: 'tx_diagnose', transactionid: '5', status: 0, answerDropped: false },
  ])
})

test('can lose an answer after doing as asked', async () => {
  sandbox.payabl.faults.dropNextAnswer('payment_preauthorize')
  expect(await query(sandbox, 'tx_diagnose', { type: 'tx', transactionid: '5' })).toContain('<status>0</status>')
  await expect(placeDeposit(sandbox)).rejects.toThrow('fetch failed')
  expect(sandbox.payabl.books().payments).toHaveLength(1)
  expect(lastRequest()).toMatchObject({ status: 2000, answerDropped: true })
})
