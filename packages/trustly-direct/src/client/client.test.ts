import { isLeft, right } from '@railswitch/core/provider'
import { answerOf, play } from '../__fixtures__/answering-trustly.ts'
import { memberAt } from '../wire/json-text.ts'
import type { createTrustlyClient } from './client.ts'
import { methods, type TrustlyMethod } from './methods/methods.ts'

const uuid = '258a2184-2842-b485-25ca-293525152425'

test('every described method can be called by its own name', () => {
  const { client } = play({})
  const names = (Object.keys(methods) as TrustlyMethod[]).map(
    (method) => method.charAt(0).toLowerCase() + method.slice(1),
  )
  expect(Object.keys(client).sort()).toEqual([...names, 'call', 'verifyNotification', 'reports'].sort())
})

test('a described call is sent as it is written, with the credentials, and its answer is read (docs-response-merchantsettlement)', async () => {
  const { client, asked } = play(answerOf('docs-response-merchantsettlement'))
  const answer = await client.merchantSettlement(
    { MessageID: '771463386074', Amount: '800.00', Currency: 'EUR', Attributes: undefined } as never,
    { uuid },
  )()
  expect(answer).toEqual(right({ reference: '7653345737' }))
  expect(asked).toEqual([
    {
      method: 'MerchantSettlement',
      version: '1.1',
      params: {
        Signature: expect.any(String),
        UUID: uuid,
        Data: { MessageID: '771463386074', Amount: '800.00', Currency: 'EUR', Username: 'shop', Password: 'secret' },
      },
    },
  ])
})

test('a null that Trustly asks for is sent (section 1.3: Currency of AccountLedger)', async () => {
  const { client, asked } = play(answerOf('java-response-accountledger'))
  const answer = await client.accountLedger({ FromDate: '2014-01-30', ToDate: '2014-01-31', Currency: null })()
  expect(asked.map((request) => memberAt(request, 'params', 'Data', 'Currency'))).toEqual([null])
  expect(!isLeft(answer) && answer.right[0]).toMatchObject({ amount: '5.00000000000000000000', orderid: '3209647863' })
})

test('a reading call draws a UUID of its own each time', async () => {
  const { client, asked } = play(answerOf('java-response-balance'))
  await client.balance({})()
  await client.balance({})()
  const [first, second] = asked.map((request) => memberAt(request, 'params', 'UUID'))
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect(second).not.toBe(first)
})

test.each([
  [
    'null',
    { result: '1', rejected: null, orderid: '1234512345' },
    { result: '1', rejected: null, orderid: '1234512345' },
  ],
  [
    'empty',
    { result: '1', rejected: '', orderid: '1234512345' },
    { result: '1', rejected: null, orderid: '1234512345' },
  ],
  ['absent', { result: '1' }, { result: '1', rejected: null, orderid: null }],
  [
    'a word',
    { result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND', orderid: null },
    { result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND', orderid: null },
  ],
  [
    'a word without an order',
    { result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND', orderid: '' },
    { result: '0', rejected: 'ERROR_MANDATE_NOT_FOUND', orderid: null },
  ],
])('`rejected` may be %s (section 3.17)', async (_name, data, expected) => {
  const { client } = play(data)
  expect(await client.cancelCharge({ OrderID: '1234512345' }, { uuid })()).toEqual(right(expected))
})

test('what the description forbids is not sent', async () => {
  const { client, asked } = play({})
  const answer = await client.refund({ OrderID: '1', Amount: '1', Currency: 'EUR' }, { uuid })()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'invalid_input', effect: 'not_sent' })
  expect(asked).toEqual([])
})

test('`call` sends any method unchecked, and gives the answer as it came', async () => {
  const { client, asked } = play({ novelty: '1' })
  expect(await client.call('Capture', { OrderID: '4034954614' }, { uuid })()).toEqual(right({ novelty: '1' }))
  expect(asked.map(({ method }) => method)).toEqual(['Capture'])
})

test('a signed answer of another form is not believed to be success', async () => {
  const { client } = play({ orderid: '1', result: 'yes' })
  const answer = await client.refund({ OrderID: '1', Amount: '1.00', Currency: 'EUR' }, { uuid })()
  expect(isLeft(answer) && answer.left).toMatchObject({ code: 'no_valid_response', effect: 'may_have_happened' })
})

describe('what a program without types forgets is not sent either', () => {
  const refund = { OrderID: '1', Amount: '1.00', Currency: 'EUR' }
  type Untyped = Record<string, (...given: readonly unknown[]) => () => Promise<unknown>>

  test.each<[string, readonly unknown[], string]>([
    ['refund', [refund], 'uuid'],
    ['refund', [refund, {}], 'uuid'],
    ['refund', [refund, { uuid: 'refund-1' }], 'uuid'],
    ['refund', [null, { uuid }], 'data'],
    ['balance', [[]], 'data'],
    ['balance', [{}, { uuid: 5 }], 'uuid'],
    ['call', ['Refund', refund], 'uuid'],
    ['call', ['Refund', null, { uuid }], 'data'],
  ])('%s %j', async (name, given, field) => {
    const { client, asked } = play({ orderid: '1', result: '1' })
    const answer = await (client as unknown as Untyped)[name]?.(...given)()
    expect(answer).toMatchObject({ left: { code: 'invalid_input', effect: 'not_sent', issues: [{ field }] } })
    expect(asked).toEqual([])
  })

  test('and is given the reason', async () => {
    const { client } = play({})
    const answer = await client.call('Refund', { ExternalReference: '\ud800' }, { uuid })()
    expect(isLeft(answer) && answer.left.issues).toMatchObject([{ fix: expect.stringContaining('character') }])
  })
})

test('what the types forbid does not compile', () => {
  const misuses = (client: ReturnType<typeof createTrustlyClient>) => [
    // @ts-expect-error Currency belongs in Attributes for Deposit
    client.deposit({ Currency: 'SEK' }, { uuid }),
    // @ts-expect-error a call that moves money needs a UUID of the caller's
    client.refund({ OrderID: '1', Amount: '1.00', Currency: 'EUR' }),
    // @ts-expect-error there is no such frame
    client.selectAccount({ Attributes: { URLTarget: '_blank' } }, { uuid }),
  ]
  expect(misuses(play({}).client)).toHaveLength(3)
})

test("a notification is read only when Trustly's signature verifies", () => {
  const { client, deliver } = play({})
  const { body, contentType } = deliver('docs-notification-credit')
  expect(isLeft(client.verifyNotification({ body, contentType }))).toBe(false)
  const changed = new TextEncoder().encode(new TextDecoder().decode(body).replace('902.50', '902.51'))
  expect(client.verifyNotification({ body: changed, contentType })).toMatchObject({
    left: { code: 'callback_refused' },
  })
})
