import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import {
  type PrivatePostgres,
  postgresMissing,
  startPrivatePostgres,
} from '@railswitch/store-postgres/fixtures/private-postgres'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import { runHere } from '../__fixtures__/run-here.ts'

let sandbox: Sandbox
let postgres: PrivatePostgres
let folder = ''
let env: Record<string, string> = {}
const missing = postgresMissing ?? (hasScript ? null : 'skipped: no `script` (apt-get install bsdutils)')
const live = missing === null ? test : test.skip

beforeAll(async () => {
  if (missing !== null) return
  ;[sandbox, postgres] = await Promise.all([startSandbox(), startPrivatePostgres()])
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  writeFileSync(
    join(folder, 'customer.json'),
    JSON.stringify({
      id: 'c-77',
      firstName: 'Aino',
      lastName: 'Virtanen',
      email: 'aino@customer.example',
      country: 'FI',
      locale: 'fi-FI',
    }),
  )
  writeFileSync(
    join(folder, 'account.json'),
    JSON.stringify({
      account: { country: 'FI', accountNumber: 'FI2112345600000785' },
      customer: {
        id: 'c-77',
        firstName: 'Aino',
        lastName: 'Virtanen',
        email: 'aino@customer.example',
        dateOfBirth: '1990-01-31',
      },
    }),
  )
  // A live rail must have an https address, which the transport leads to the sandbox.
  writeFileSync(
    join(folder, 'live.mjs'),
    `export default {
  active: 'bank',
  providers: {
    bank: {
      use: 'payabl-trustly',
      environment: 'live',
      url: 'https://payabl.example',
      merchantId: '${sandbox.payabl.merchant.merchantId}',
      secret: '${sandbox.payabl.merchant.secret}',
    },
  },
  statement: 'SHOP.EXAMPLE',
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['a-secret-that-only-this-test-uses-0001'] },
  transport: ({ url, headers, body }) => async () => {
    const address = url.replace('https://payabl.example', '${sandbox.payabl.url}')
    const response = await fetch(address, { method: 'POST', headers, body })
    const contentType = response.headers.get('content-type') ?? ''
    return { _tag: 'Right', right: { status: response.status, contentType, body: new Uint8Array(await response.arrayBuffer()) } }
  },
}
`,
  )
  env = { PGHOST: postgres.host, PGUSER: postgres.user, PGDATABASE: 'postgres' }
  expect(await runHere(['migrate'], { env })).toMatchObject({ code: 0, out: expect.stringMatching(/PostgreSQL/) })
})
afterAll(async () => {
  if (missing !== null) return
  await Promise.all([sandbox.close(), postgres.remove()])
  rmSync(folder, { recursive: true })
})

/** Every call that the vendor received. */
const callsOf = async (): Promise<number> => {
  const { url, token } = sandbox.control
  const response = await fetch(`${url}/calls`, { headers: { authorization: `Bearer ${token}` } })
  const { calls } = await response.json()
  return calls.length
}

const deposit = (reference: string) => [
  'deposit',
  '--reference',
  reference,
  '--amount',
  '249.90',
  '--currency',
  'EUR',
  '--customer',
  join(folder, 'customer.json'),
  '--config',
  join(folder, 'live.mjs'),
]
const payout = (reference: string) => [
  'payout',
  '--reference',
  reference,
  '--amount',
  '75.00',
  '--currency',
  'EUR',
  '--to',
  join(folder, 'account.json'),
  '--config',
  join(folder, 'live.mjs'),
]
const recorded = async (): Promise<readonly string[]> =>
  JSON.parse(
    (await runHere(['payments', 'list', '--json', '--config', join(folder, 'live.mjs')], { env })).out,
  ).payments.map(({ reference }: { readonly reference: string }) => reference)

describe(`a live rail over PostgreSQL${missing === null ? '' : ` (${missing})`}`, () => {
  live.each([
    ['without --live', [], /bank is live.*Add --live/],
    ['with --live, without a terminal', ['--live'], /only if a person confirms it in a terminal/],
  ])('%s, nothing is recorded or sent', async (_, words, says) => {
    for (const command of [deposit('refused'), payout('refused')])
      expect(await runHere([...command, ...words], { env })).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(says),
      })
    expect(await recorded()).toEqual([])
    expect(await callsOf()).toBe(0)
  })

  live('with another amount or account typed, or with Ctrl+C, nothing is recorded or sent', async () => {
    for (const press of ['249.90 EUR c-78\r', '249.00 EUR c-77\r', 'yes\r', '\r', '\u0003']) {
      const { shown, code } = await runInTerminal([...deposit('declined'), '--live'], {
        env,
        keys: [{ after: /Type to confirm/, press }],
      })
      expect(shown).toMatch(/Not confirmed: nothing was sent/)
      expect(code).toBe(1)
    }
    expect(await recorded()).toEqual([])
    expect(await callsOf()).toBe(0)
  })

  live('with the amount and the customer typed, a deposit begins', async () => {
    const { shown, code } = await runInTerminal([...deposit('order-1'), '--live'], {
      env,
      keys: [{ after: /Type to confirm: 249\.90 EUR c-77/, press: '249.90 EUR c-77\r' }],
    })
    expect(code).toBe(0)
    const [, url = ''] = /(http:\/\/127\S+)/.exec(shown) ?? []
    await walkCheckout(url)
    expect(await recorded()).toEqual(['order-1'])
    expect(await callsOf()).toBe(1)
  })

  live('the account of a payout is what must be typed', async () => {
    const { shown, code } = await runInTerminal([...payout('payout-1'), '--live'], {
      env,
      keys: [{ after: /Type to confirm: 75\.00 EUR FI2112345600000785/, press: '75.00 EUR FI2112345600000785\r' }],
    })
    expect(shown).toMatch(/payout-1 at bank/)
    expect(code).toBe(0)
    expect(await recorded()).toEqual(['payout-1', 'order-1'])
  })

  live('the deposit of a refund is what must be typed', async () => {
    const before = await callsOf()
    const words = ['refund', '--of', 'order-1', '--reference', 'order-1-refund', '--amount', '10.00', '--live']
    const { shown, code } = await runInTerminal([...words, '--config', join(folder, 'live.mjs')], {
      env,
      keys: [{ after: /Type to confirm: 10\.00 EUR order-1/, press: '10.00 EUR order-2\r' }],
    })
    expect(shown).toMatch(/Not confirmed: nothing was sent/)
    expect([code, await callsOf()]).toEqual([1, before])
  })
})
