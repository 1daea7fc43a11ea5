import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
      method: 'credit',
      to: `${to}/`,
      accepted: true,
      result: 'HTTP 200',
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
  ['no callback', [], 2, /callback/],
  ['an address that is none', ['x', '--to', 'shop'], 2, /http/],
])('%s', async (_, words, code, says) =>
  expect(await replay(...words)).toMatchObject({ code, out: '', err: expect.stringMatching(says) }),
)

describe('a file', () => {
  /** The callback of the sandbox, as `railswitch listen --save` writes it. */
  const saved = async (changes: object = {}): Promise<string> => {
    const { callbacks } = await (
      await fetch(`${shop.sandbox.control.url}/callbacks`, {
        headers: { authorization: `Bearer ${shop.sandbox.control.token}` },
      })
    ).json()
    const { url, contentType, body } = callbacks.find((one: { id: string }) => one.id === id)
    const file = join(shop.folder, 'callback.json')
    const callback = {
      receivedAt: '2026-01-31T12:00:00.000Z',
      method: 'POST',
      path: new URL(url).pathname,
      headers: { 'Content-Type': contentType },
      body,
      ...changes,
    }
    writeFileSync(file, JSON.stringify(callback))
    return file
  }
  const to = () => shop.env.RAILSWITCH_CALLBACK_URL

  test('is delivered again, and no event is handled twice', async () => {
    const file = await saved()
    await shop.running(async (_payments, handled) => {
      expect(await replay(file, '--to', to())).toMatchObject({
        code: 0,
        out: expect.stringMatching(/callback\.json to http:\S+: HTTP 200\n$/),
      })
      expect(handled).toEqual([])
    })
  })

  test('of bytes that are no text is delivered with these bytes; a changed body is refused', async () => {
    const file = await saved({ body: undefined, bodyBase64: Buffer.from([0, 255]).toString('base64') })
    await shop.running(async () => {
      const ran = await replay(file, '--to', to(), '--json')
      expect(ran.code).toBe(1)
      expect(JSON.parse(ran.out)).toEqual({
        id: file,
        vendor: null,
        method: null,
        to: to(),
        accepted: false,
        result: 'HTTP 400',
      })
    })
  })

  test.each([
    ['no address', {}, [], /--to/],
    ['another sandbox', {}, ['--to', 'http://127.0.0.1:1', '--sandbox', 'http://127.0.0.1:2'], /--sandbox/],
    ['no method', { method: 'GET' }, ['--to', 'http://127.0.0.1:1'], /method must be "POST"/],
    ['no headers', { headers: { a: 1 } }, ['--to', 'http://127.0.0.1:1'], /headers must be/],
    ['no body', { body: 7 }, ['--to', 'http://127.0.0.1:1'], /body must be/],
    ['two bodies', { bodyBase64: 'AA==' }, ['--to', 'http://127.0.0.1:1'], /body must be/],
    ['a wrong time', { receivedAt: 'now' }, ['--to', 'http://127.0.0.1:1'], /receivedAt must be/],
    ['no path', { path: undefined }, ['--to', 'http://127.0.0.1:1'], /has no "path"/],
    ['a wrong path', { path: 'x' }, ['--to', 'http://127.0.0.1:1'], /path must be/],
  ])('with %s', async (_, changes, words, says) =>
    expect(await replay(await saved(changes), ...words)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(says),
    }),
  )

  test('that does not exist', async () =>
    expect(await replay('./none.json', '--to', to())).toMatchObject({
      code: 2,
      err: expect.stringMatching(/none\.json does not exist/),
    }))
})

test('the output has no token', async () => {
  await shop.running(async () => {
    expect((await replay(id, '--json')).out).not.toMatch(/eyJ/)
  })
})

test('an address that does not respond', async () =>
  expect(await replay(id, '--to', 'http://127.0.0.1:1/callbacks')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/does not respond/),
  }))
