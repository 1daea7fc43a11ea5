import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { memoryStore, type Payments, type Store } from 'railswitch'
import { environmentOf } from './rails.ts'

interface Guide {
  obstacles(
    payments: Payments,
    markets: readonly { country: string; currency: string }[],
  ): readonly { refusals: readonly string[]; fields: readonly string[] }[]
  start(store: Store, percent: number): Payments
}

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../docs/switching.md'), 'utf8')
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
const folder = mkdtempSync(join(here, '.readme-'))
const file = join(folder, 'examples.ts')
writeFileSync(file, examples.join('\n'))

let sandbox: Sandbox
let serving: Payments
const server = createServer((request, response) => serving.callbacks.node(request, response))
const store = memoryStore()
const credited: string[] = []

/** A deployment of the shop with this share of new payments on payabl. */
const deploy = async (percent: number): Promise<Payments> => {
  const { start }: Guide = await import(file)
  serving = start(store, percent)
  serving.on({
    'deposit.credited': ({ reference }) => credited.push(reference),
    'deposit.reversed': () => ({ recovered: false }),
  })
  return serving
}

const customer = { id: 'c-77', firstName: 'Åsa', lastName: 'Öberg', email: 'asa@customer.example' }
const deposit = (payments: Payments, reference: string) =>
  payments.deposit({
    reference,
    amount: { value: '249.90', currency: 'SEK' },
    customer: { ...customer, country: 'SE', locale: 'sv-SE' },
    returnUrl: 'https://shop.example/orders',
  })

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, environmentOf(sandbox, 'trustly'), {
    RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
  })
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  server.close()
  await sandbox.close()
})

test('docs/switching.md: a market that a rail refuses is an obstacle', async () => {
  const { obstacles }: Guide = await import(file)
  const [sweden, france] = obstacles(await deploy(0), [
    { country: 'SE', currency: 'SEK' },
    { country: 'FR', currency: 'EUR' },
  ])
  expect(sweden?.refusals).toEqual([])
  expect(sweden?.fields).toContain('statement')
  expect(france?.refusals).toEqual(['payabl: customers of FR cannot pay through payabl'])
})

test('docs/switching.md: cut-over and roll-back leave each payment on its rail', async () => {
  const open = await deposit(await deploy(0), 'before')
  const moved = await deposit(await deploy(100), 'during')
  expect([open.rail, moved.rail]).toEqual(['trustly', 'payabl'])

  // An open checkout of the old rail is paid after the cut-over, one of the new rail after the roll-back.
  await walkCheckout(open.redirectUrl)
  await sandbox.trustly.idle()
  const rolledBack = await deploy(0)
  await walkCheckout(moved.redirectUrl)
  await sandbox.payabl.idle()
  expect(credited).toEqual(['before', 'during'])

  const { payment } = await rolledBack.getDeposit({ reference: 'during' })
  const amount = { value: '100.00', currency: 'SEK' }
  const refund = await rolledBack.refund({ payment, reference: 'refund-1', amount })
  expect(refund).toMatchObject({ status: 'accepted', rail: 'payabl' })
  expect(await deposit(rolledBack, 'after')).toMatchObject({ rail: 'trustly' })
})
