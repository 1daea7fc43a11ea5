import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import type { Checkout, Outcome, Payments, PaymentsConfig } from 'railswitch'

interface Examples {
  readonly done: readonly string[]
  readonly checkout: Pick<Parameters<Payments['deposit']>[0], 'customer' | 'returnUrl'>
  startShop(config: Pick<PaymentsConfig, 'providers' | 'callbacks'>): Payments
  payOut(payments: Payments): Promise<Outcome>
  payDepositor(payments: Payments): Promise<Outcome>
  withdraw(payments: Payments): Promise<{ redirectUrl: string; approve(): Promise<void> }>
  chooseAccount(payments: Payments): Promise<Checkout>
  charge(payments: Payments): Promise<Outcome>
}

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../docs/money-out.md'), 'utf8')
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
const folder = mkdtempSync(join(here, '.readme-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('the examples of docs/money-out.md run against the sandbox', async () => {
  const file = join(folder, 'examples.ts')
  writeFileSync(file, examples.join('\n'))
  const { done, checkout, startShop, payOut, payDepositor, withdraw, chooseAccount, charge }: Examples = await import(
    file
  )
  const sandbox = await startSandbox({ trustly: { keys } })
  const server = createServer((request, response) => payments.callbacks.node(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { trustly } = sandbox
  trustly.fund('1000.00', 'SEK')
  trustly.change({ account: true, payoutconfirmation: true, directDebit: true })
  const payments = startShop({
    providers: {
      trustly: {
        use: 'trustly-direct',
        environment: 'local',
        ...trustly.merchant,
        publicKey: trustly.publicKey,
        url: trustly.url,
      },
    },
    callbacks: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
      secrets: ['any-text-of-32-characters-or-more'],
    },
  })
  const walk = async (url: string) => {
    await walkCheckout(url)
    await trustly.idle()
  }
  const orderId = (reference: string): string =>
    trustly.books().orders.find(({ messageId }) => messageId === reference)?.orderId ?? ''
  try {
    expect(await payOut(payments)).toMatchObject({ status: 'accepted' })
    trustly.confirmPayout(orderId('payout-1'))
    const amount = { value: '50.00', currency: 'SEK' }
    const { redirectUrl } = await payments.deposit({ reference: 'order-1001', amount, ...checkout })
    await walk(redirectUrl)
    expect(await payDepositor(payments)).toMatchObject({ status: 'accepted' })
    trustly.failPayout(orderId('payout-2'))
    const withdrawal = await withdraw(payments)
    await walk(withdrawal.redirectUrl)
    await withdrawal.approve()
    await walk((await chooseAccount(payments)).redirectUrl)
    expect(await charge(payments)).toMatchObject({ status: 'accepted' })
    expect(done).toEqual(
      expect.arrayContaining([
        'payout-1: paid, says the vendor',
        'order-1001: account',
        'payout-2: 100.00 back to the balance',
        'withdrawal-1: 100.00 taken from the balance',
        'account-1: account with mandate',
      ]),
    )
  } finally {
    server.close()
    await sandbox.close()
  }
})
