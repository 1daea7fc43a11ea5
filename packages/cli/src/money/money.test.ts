import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { walkCheckout } from '@railswitch/sandbox'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await startTestShop()
})
afterAll(() => shop.close())

const run = (...words: string[]) => runHere([...words, ...shop.store], { env: shop.env })
const deposit = (reference: string, ...words: string[]) =>
  run('deposit', '--reference', reference, '--amount', '249.90', '--currency', 'SEK', ...words)
const refund = (reference: string, ...words: string[]) =>
  run('refund', '--of', 'order-1', '--reference', reference, '--amount', '100.00', ...words)
const file = (name: string, content: unknown): string => {
  const path = join(shop.folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('deposit', () => {
  test('prints the checkout; the same command again gives the same one', async () => {
    const first = await deposit('order-1')
    expect(first).toMatchObject({ code: 0, err: '' })
    const [, url = ''] = /\n {2}(http:\S+)\n/.exec(first.out) ?? []
    expect(first.out).toMatch(/^order-1 at trustly\. Open the checkout/)
    const again = await deposit('order-1')
    expect(again.out).toMatch(/^order-1 at trustly, recorded before: this is its checkout/)
    expect(again.out).toContain(url)
    expect(shop.sandbox.trustly.books().orders).toHaveLength(1)
    await walkCheckout(url)
    await shop.running(async (payments) => {
      await shop.sandbox.trustly.idle({ moveClock: true, withinMs: 20_000 })
      expect((await payments.getDeposit({ reference: 'order-1' })).state).toBe('credited')
    })
  })

  test('on another rail, with --json', async () => {
    const { out } = await deposit('order-2', '--rail', 'payabl', '--json')
    expect(JSON.parse(out)).toEqual({
      reference: 'order-2',
      rail: 'payabl',
      payment: expect.any(String),
      redirectUrl: expect.stringMatching(/^http/),
      expiresAt: expect.any(Object),
      repeated: false,
    })
    expect(JSON.parse((await deposit('order-2', '--rail', 'payabl', '--json')).out)).toMatchObject({ repeated: true })
  })

  test('--wait receives the callbacks, and ends when it is credited', async () => {
    const env = { ...shop.env, RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${await freePort()}/callbacks` }
    const words = [
      'deposit',
      '--reference',
      'order-3',
      '--amount',
      '5.00',
      '--currency',
      'EUR',
      '--rail',
      'payabl',
      '--wait',
    ]
    const command = startCommand([...words, ...shop.store], undefined, undefined, { env })
    await command.saw(/Waiting for the customer/)
    const [, url = ''] = /\n {2}(http:\S+)\n/.exec(command.out()) ?? []
    await walkCheckout(url)
    expect(await command.exit()).toBe(0)
    expect(command.out()).toMatch(/order-3: credited\n$/)
    // The events wait for the application, which gets them with its next sync or callback.
    await shop.running(async (payments, handled) => {
      expect((await payments.getDeposit({ reference: 'order-3' })).state).toBe('credited')
      expect(handled).toEqual([])
    })
  })

  test('--wait ends with 1 if the customer cancels, and with Ctrl+C', async () => {
    const env = { ...shop.env, RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${await freePort()}/callbacks` }
    const words = ['deposit', '--reference', 'order-4', '--amount', '5.00', '--currency', 'SEK', '--wait', '--json']
    const command = startCommand([...words, ...shop.store], undefined, undefined, { env })
    const { redirectUrl } = JSON.parse(await command.firstLine())
    await walkCheckout(redirectUrl, { cancel: true })
    expect(await command.exit()).toBe(1)
    expect(
      command
        .out()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .at(-1),
    ).toEqual({
      reference: 'order-4',
      state: 'not_credited',
    })
    const stopped = startCommand(
      [...words.map((word) => word.replace('order-4', 'order-5')), ...shop.store],
      undefined,
      undefined,
      { env },
    )
    await stopped.firstLine()
    expect(await stopped.end('SIGINT')).toBe(1)
    expect(stopped.out()).toMatch(/"state":"pending"/)
  })

  test.each([
    ['no reference', ['deposit', '--amount', '1.00', '--currency', 'SEK'], 2, /--reference/],
    [
      'an amount with too many decimals',
      ['deposit', '--reference', 'x', '--amount', '1.001', '--currency', 'SEK'],
      2,
      /amount/,
    ],
    [
      'another amount under the same reference',
      ['deposit', '--reference', 'order-1', '--amount', '1.00', '--currency', 'SEK'],
      1,
      /Nothing was sent/,
    ],
    [
      'a rail that is not configured',
      ['deposit', '--reference', 'y', '--amount', '1.00', '--currency', 'SEK', '--rail', 'none'],
      2,
      /none|rail/,
    ],
  ])('%s', async (_, words, code, says) =>
    expect(await run(...words)).toMatchObject({ code, out: '', err: expect.stringMatching(says) }),
  )
})

describe('refund', () => {
  test('sends a part back, once', async () => {
    expect(await refund('order-1-refund')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^order-1-refund at trustly: accepted\n {2}payment {2}\S+\n$/),
    })
    const again = await refund('order-1-refund', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ reference: 'order-1-refund', status: 'accepted', repeated: true })
    expect(JSON.parse((await run('payments', 'show', 'order-1', '--json')).out)).toMatchObject({
      refunds: [{ reference: 'order-1-refund' }],
      refundable: { value: '149.90' },
    })
  })

  test.each([
    ['more than was credited', ['--of', 'order-1', '--amount', '200.00'], 1, /Nothing was sent/],
    ['of an unknown deposit', ['--of', 'none', '--amount', '1.00'], 1, /not found/],
    ['of a deposit without money', ['--of', 'order-2', '--amount', '1.00'], 1, /Nothing was sent/],
    ['with another amount under the same reference', ['--of', 'order-1', '--amount', '1.00'], 1, /Nothing was sent/],
  ])('%s is refused', async (name, words, code, says) => {
    const reference = name.includes('same reference') ? 'order-1-refund' : 'refund-2'
    expect(await run('refund', '--reference', reference, ...words)).toMatchObject({
      code,
      out: '',
      err: expect.stringMatching(says),
    })
  })

  test('a call without a response is unknown and exits with 1; the same command again pays once', async () => {
    shop.sandbox.chaos.set({ rules: [{ on: 'call', method: 'Refund', do: 'drop' }] })
    const lost = await refund('refund-lost', '--json')
    shop.sandbox.chaos.set({ rules: [] })
    expect(lost.code).toBe(1)
    expect(lost.out + lost.err).toMatch(/unknown|may_have|no_valid_response/)
    expect(JSON.parse((await run('payments', 'show', 'order-1', '--json')).out).refunds).toHaveLength(2)
  })
})

describe('payout', () => {
  const account = {
    account: { country: 'DE', accountNumber: 'DE89370400440532013000' },
    customer: {
      id: 'c-77',
      firstName: 'Åsa',
      lastName: 'Öberg',
      email: 'asa@customer.example',
      dateOfBirth: '1990-01-31',
    },
  }
  const payout = (...words: string[]) => run('payout', '--amount', '75.00', '--currency', 'EUR', ...words)

  test('to bank details in a file, once', async () => {
    shop.sandbox.trustly.fund('100.00', 'EUR')
    const words = ['--reference', 'payout-1', '--to', file('account.json', account)]
    expect(await payout(...words)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^payout-1 at trustly: accepted\n/),
    })
    expect(JSON.parse((await payout(...words, '--json')).out)).toMatchObject({ status: 'accepted', repeated: true })
    expect((await run('payments', 'show', 'payout-1')).out).toMatch(/^payout-1 {2}payout {2}accepted\n/)
  })

  test.each([
    ['neither account nor payment', ['--reference', 'p'], 2, /--to with a file, or --to-payment/],
    ['another file', ['--reference', 'p', '--to', 'BAD'], 2, /must contain/],
    ['no id of the customer', ['--reference', 'p', '--to-payment', 'order-1'], 2, /--customer-id/],
    ['an unknown payment', ['--reference', 'p', '--to-payment', 'none', '--customer-id', 'c'], 1, /not found/],
  ])('%s', async (_, words, code, says) => {
    const named = words.map((word) => (word === 'BAD' ? file('bad.json', { iban: 'marked' }) : word))
    const ran = await payout(...named)
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('marked')
  })
})

describe('lookup', () => {
  test('shows what the vendor shows', async () => {
    const { code, out } = await run('lookup', 'order-1', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      reference: 'order-1',
      state: 'credited',
      rails: [{ rail: 'trustly', absenceProves: expect.any(Boolean), failed: null }],
    })
    expect((await run('lookup', 'order-2')).out).toMatch(/^In the store, order-2 is pending\.\npayabl shows/)
  })

  test('a vendor that does not respond', async () => {
    shop.sandbox.chaos.set({ rules: [{ on: 'call', do: 'drop' }] })
    const { code } = await run('lookup', 'order-2')
    shop.sandbox.chaos.set({ rules: [] })
    expect(code).toBe(1)
    expect(await run('lookup', 'none')).toMatchObject({ code: 1, err: expect.stringMatching(/not found/) })
  })
})

describe('a live rail', () => {
  const customer = () =>
    file('customer.json', {
      id: 'c-77',
      firstName: 'A',
      lastName: 'B',
      email: 'a@customer.example',
      country: 'FI',
      locale: 'fi-FI',
    })
  const config = () =>
    file('live.json', {
      active: 'bank',
      providers: {
        bank: {
          use: 'payabl-trustly',
          environment: 'live',
          url: 'https://payabl.example/pay/backoffice',
          merchantId: 'm',
          secret: 's',
        },
      },
      callbacks: { url: 'https://shop.example/callbacks', secrets: ['x'.repeat(32)] },
    })

  test('refuses a store that is not durable, before anything else', async () => {
    const words = [
      'deposit',
      '--config',
      config(),
      '--reference',
      'l',
      '--amount',
      '1.00',
      '--currency',
      'EUR',
      '--customer',
      customer(),
    ]
    expect(await runHere([...words, ...shop.store])).toMatchObject({ code: 2, err: expect.stringMatching(/store/) })
  })
})

test('a typed confirmation is needed for a live rail', async () => {
  const { confirmLive } = await import('./live-confirmation.ts')
  const { testTerminal } = await import('../__fixtures__/run-here.ts')
  const config = { active: 'a', providers: { a: { use: 'payabl-trustly', environment: 'live' } } } as never
  const sending = { config, rail: 'a', amount: { value: '75.00', currency: 'EUR' }, account: 'DE89' }
  const typing = (text: string | null) =>
    testTerminal({ prompts: { text: async () => text, confirm: async () => true, choose: async () => null } }).terminal
  await expect(confirmLive({ ...sending, live: undefined }, typing('75.00 EUR DE89'))).rejects.toThrow(/Add --live/)
  await expect(confirmLive({ ...sending, live: true }, testTerminal().terminal)).rejects.toThrow(/in a terminal/)
  for (const wrong of [null, '', 'yes', '75.00 EUR DE88', '75.00 EUR'])
    await expect(confirmLive({ ...sending, live: true }, typing(wrong))).rejects.toThrow(/nothing was sent/)
  await expect(confirmLive({ ...sending, live: true }, typing('75.00 EUR DE89 '))).resolves.toBeUndefined()
})

const inTerminal = hasScript ? test : test.skip
inTerminal('in a terminal, erase asks before it erases (needs Debian’s script)', async () => {
  const { shown, code } = await runInTerminal(['erase', 'order-1', ...shop.store], {
    env: shop.env,
    keys: [{ after: /Erase the personal data of order-1/, press: 'n' }],
  })
  expect(shown).toMatch(/Nothing was erased/)
  expect(code).toBe(1)
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
