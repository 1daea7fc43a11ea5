import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { isLeft, type PaymentError } from '@railswitch/core/provider'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { type Step, sandboxAccount, scriptedClient, scriptedPayabl } from '../__fixtures__/scripted-payabl.ts'
import { readConfig } from '../config.ts'
import { createPayablClient } from './client.ts'

const refundWith = async (step: Step) => {
  const { client, sent } = scriptedClient([step])
  return { result: await client.refund({ transactionid: '1', amount: '1.00', currency: 'EUR' })(), sent }
}
const leftOf = (result: { readonly _tag: string } & object): PaymentError | undefined =>
  'left' in result ? (result.left as PaymentError) : undefined

test('a request is signed over the bytes that are sent, with merchantid inside (docs.payabl.com/docs/signature-calculation)', async () => {
  const { client, sent } = scriptedClient(['status=0'])
  await client.call('payment_refund', { zip: 'b', amount: '1.00', street: 'Öland 1' })()
  const pairs = (sent[0]?.body ?? '').split('&').map((pair) => pair.split('='))
  const bytes = (escaped = '') => unescape(escaped.replaceAll('+', ' '))
  const values = pairs
    .filter(([name]) => name !== 'signature')
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1))
    .map(([, value]) => bytes(value))
  expect(values).toEqual(['1.00', 'gateway_test', '\xd6land 1', 'b'])
  const expected = createHash('sha1')
    .update(Buffer.from(`${values.join('')}b185`, 'latin1'))
    .digest('hex')
  expect(pairs.at(-1)).toEqual(['signature', expected])
})

test.each<[string, Step, string]>([
  ['no answer', { lost: 'timeout' }, 'timeout'],
  ['an empty one', '', 'it is not a form'],
  ['HTML', '<html><body>Maintenance</body></html>', 'it is not a form'],
  ['XML where a form belongs', '<?xml version="1.0"?><response/>', 'it is not a response'],
  ['JSON', '{"status":0}', 'it is not a form'],
  ['a form without a status', 'transactionid=7', 'it is not a response'],
  ['a status that is no number', 'status=OK', 'it is not a response'],
  ['a status twice', 'status=0&status=-5002', 'it is not a form'],
  ['half an escape', 'status=0&errormessage=%', 'it is not a form'],
  ['a gateway`s page', { status: 502, body: '<html>Bad Gateway</html>' }, 'HTTP 502 at https://'],
  ['a redirect', { status: 302, body: '' }, 'HTTP 302 at https://'],
  ['too much', `status=0&errormessage=${'x'.repeat(70_000)}`, 'it is not a form'],
])('%s is a lost answer: it may have happened, and nothing is sent again', async (_, step, reason) => {
  const { result, sent } = await refundWith(step)
  expect(leftOf(result)).toMatchObject({
    code: 'no_valid_response',
    effect: 'may_have_happened',
    retry: 'after_lookup',
    message: expect.stringContaining(`payabl gave no valid response (${reason}`),
  })
  expect(sent).toHaveLength(1)
})

test('payabl`s word counts whatever HTTP status stands above it', async () => {
  const { result } = await refundWith({ status: 500, body: 'status=-999&errormessage=Unknown+error' })
  expect(result).toMatchObject({ left: { vendor: { code: '-999', text: 'Unknown error' } } })
})

test.each([
  ['ISO-8859-1', 'status=-5002&errormessage=Zahlung+f%FCr+M%FCller'],
  ['UTF-8', 'status=-5002&errormessage=Zahlung+f%C3%BCr+M%C3%BCller'],
  ['raw ISO-8859-1', 'status=-5002&errormessage=Zahlung+f\xfcr+M\xfcller'],
])('an answer is read in either charset, since payabl states none: %s', async (_, body) => {
  const { result } = await refundWith(body)
  expect(result).toMatchObject({ left: { vendor: { text: 'Zahlung für Müller' } } })
})

test('what was never sent says so', async () => {
  const { result } = await refundWith({ unsent: 'ECONNREFUSED' })
  expect(leftOf(result)).toMatchObject({ code: 'unreachable', effect: 'not_sent', retry: 'same_attempt' })
})

describe('a query', () => {
  const diagnose = async (step: Step) => {
    const { client } = scriptedClient([step])
    return leftOf(await client.diagnose({ type: 'tx', transactionid: '1' })())
  }

  test.each<[string, Step]>([
    ['no answer', { lost: 'socket hang up' }],
    ['a form', 'status=0'],
    ['another document', '<html/>'],
    ['an entity bomb', '<!DOCTYPE r [<!ENTITY a "b">]><response><process><status>&a;</status></process></response>'],
    ['a cut document', '<response><process><status>0</status>'],
    ['HTTP 500', { status: 500, body: '' }],
  ])('may be asked again after %s', async (_, step) => {
    expect(await diagnose(step)).toMatchObject({ code: 'no_valid_response', retry: 'same_attempt' })
  })

  test('over too long a time says so by 504 (protocol/payabl.md, section 3.6)', async () => {
    expect(await diagnose({ status: 504, body: '' })).toMatchObject({ effect: 'refused', vendor: { code: '504' } })
  })
})

test('a value that cannot be sent is refused by its name, and nothing is sent', async () => {
  const { client, sent } = scriptedClient([])
  const result = await client.call('payment_preauthorize', { email: 'łukasz@example.pl' })()
  expect(leftOf(result)).toMatchObject({ code: 'invalid_input', effect: 'not_sent', issues: [{ field: 'email' }] })
  expect(leftOf(result)?.message).not.toContain('..')
  const twice = await client.call('payment_refund', { merchantid: 'another' })()
  expect(leftOf(twice)).toMatchObject({ issues: [{ field: 'parameter 2', rule: 'a name is sent once' }] })
  expect(sent).toEqual([])
})

describe('over HTTP, as no honest payabl would answer', () => {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())
  const refund = async () => {
    const account = readConfig(sandboxAccount)
    if (isLeft(account)) throw new Error('the options are wrong')
    return createPayablClient(account.right).refund({ transactionid: '1', amount: '1.00', currency: 'EUR' })()
  }
  const answers = (response: () => Response) =>
    server.use(http.post('https://sandbox.payabl.com/pay/backoffice/payment_refund', response))

  test('a cut connection is a lost answer', async () => {
    answers(() => HttpResponse.error())
    expect(leftOf(await refund())).toMatchObject({ code: 'no_valid_response', effect: 'may_have_happened' })
  })

  test('a redirect is not followed', async () => {
    answers(() => new HttpResponse(null, { status: 307, headers: { location: 'https://elsewhere.example/' } }))
    expect(leftOf(await refund())).toMatchObject({ code: 'no_valid_response' })
  })

  test('the content type is not looked at (section 1)', async () => {
    answers(() => new HttpResponse('status=0&transactionid=9', { headers: { 'content-type': 'application/json' } }))
    expect(await refund()).toMatchObject({ right: { transactionid: '9' } })
  })
})

test('no error shows secret, signature or account', async () => {
  const marked = { ...sandboxAccount, merchantId: 'marked_merchant', secret: 'marked-secret' }
  for (const step of [{ lost: 'timeout' }, { unsent: 'x' }, '', '<html/>', 'status=-999'] as const) {
    const { transport, sent } = scriptedPayabl([step])
    const account = readConfig(marked, { transport })
    if (isLeft(account)) throw new Error('the options are wrong')
    const result = await createPayablClient(account.right).cft({
      ...{ amount: '1.00', currency: 'EUR', payment_method: '116', bankcountry: 'DE', email: 'test@test.com' },
      ...{ accountnumber: 'DE89370400440532013000', birthday: '01011970', firstname: 'Max', lastname: 'Muster' },
    })()
    const shown = inspect(result, { depth: 9, showHidden: true }) + JSON.stringify(result)
    const signature = /signature=([0-9a-f]+)/.exec(sent[0]?.body ?? '')?.[1] ?? 'no signature'
    for (const kept of ['marked-secret', 'marked_merchant', '37040044', signature]) expect(shown).not.toContain(kept)
  }
})
