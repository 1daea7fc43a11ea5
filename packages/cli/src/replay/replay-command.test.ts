import { runHere } from '../__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
let env: Readonly<Record<string, string>>
let id = ''
beforeAll(async () => {
  shop = await startTestShop()
  env = { SANDBOX_URL: shop.sandbox.control.url, SANDBOX_TOKEN: shop.sandbox.control.token }
  await shop.running(async (payments) => {
    await payments.deposit(orderOf('order-1'))
    await runHere(['trigger', 'credit', 'order-1'], { env })
  })
  const { out } = await runHere(['logs', '--json'], { env })
  const entries: readonly { readonly type: string; readonly id: string }[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  id = entries.find(({ type }) => type === 'callback')?.id ?? ''
})
afterAll(() => shop.close())

const replay = (...words: string[]) => runHere(['replay', ...words], { env })

test('delivers the same callback again, and no event is handled twice', async () => {
  await shop.running(async (payments, handled) => {
    expect(await replay(id)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^trustly credit to http:\S+: accepted\n$/),
    })
    expect(handled).toEqual([])
    expect((await payments.getDeposit({ reference: 'order-1' })).credited.value).toBe('249.90')
  })
})

test('delivers it to another address, with the rail and the token', async () => {
  await shop.running(async () => {
    const to = shop.env.RAILSWITCH_CALLBACK_URL
    expect(JSON.parse((await replay(id, '--to', `${to}/`, '--json')).out)).toEqual({
      id,
      vendor: 'trustly',
      what: 'credit',
      to: `${to}/`,
      accepted: true,
      verdict: 'HTTP 200',
    })
  })
})

test('a shop that refuses it', async () => {
  expect(await replay(id)).toMatchObject({ code: 1, out: expect.stringMatching(/503/), err: '' })
  expect(await replay(id, '--to', shop.env.RAILSWITCH_CALLBACK_URL)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/HTTP 503/),
  })
})

test.each([
  ['an unknown id', ['none'], 1, /has no callback none/],
  ['no id', [], 2, /id/],
  ['an address that is none', ['x', '--to', 'shop'], 2, /http/],
])('%s', async (_, words, code, says) =>
  expect(await replay(...words)).toMatchObject({ code, out: '', err: expect.stringMatching(says) }),
)

test('an address that does not respond', async () =>
  expect(await replay(id, '--to', 'http://127.0.0.1:1/callbacks')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/does not respond/),
  }))
