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
  startShop(config: Pick<PaymentsConfig, 'providers' | 'callbacks'>): Payments
  askForMandate(payments: Payments): Promise<Checkout>
  charge(payments: Payments): Promise<Outcome>
  cancel(payments: Payments): Promise<void>
}

const here = dirname(fileURLToPath(import.meta.url))
const page = readFileSync(join(here, '../../../docs/mandates.md'), 'utf8')
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
const folder = mkdtempSync(join(here, '.readme-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('the example of docs/mandates.md runs against the sandbox', async () => {
  const file = join(folder, 'examples.ts')
  writeFileSync(file, examples.join('\n'))
  const { done, startShop, askForMandate, charge, cancel }: Examples = await import(file)
  const sandbox = await startSandbox({ trustly: { keys } })
  const server = createServer((request, response) => payments.callbacks.node(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { trustly } = sandbox
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
  await walkCheckout((await askForMandate(payments)).redirectUrl)
  await trustly.idle()
  expect(await charge(payments)).toMatchObject({ status: 'accepted' })
  trustly.complete(trustly.books().orders.find(({ messageId }) => messageId === 'invoice-1')?.orderId ?? '')
  await trustly.idle()
  await cancel(payments)
  await trustly.idle()
  await payments.close()
  server.close()
  await sandbox.close()
  expect(done).toEqual(['mandate-77: may be charged', 'invoice-1: paid', 'mandate-77: over, cancelled'])
})
