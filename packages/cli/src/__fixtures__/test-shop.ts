import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import { configFromEnv, createPayments, type Payments } from 'railswitch'

/** A shop on both rails of a sandbox, with an embedded store in a folder. */
export const startTestShop = async (storeName = 'store') => {
  const sandbox = await startSandbox({ trustly: { keys } })
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  let running: Payments | null = null
  const server = createServer((request, response) => {
    if (running) running.callbacks.node(request, response)
    else response.writeHead(503).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const { trustly, payabl } = sandbox
  const env = {
    RAILSWITCH_RAILS: 'trustly,payabl',
    RAILSWITCH_ACTIVE: 'trustly',
    RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${port}/callbacks`,
    RAILSWITCH_CALLBACK_SECRETS: 'a-secret-that-only-this-test-uses-0001',
    RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
    RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
    RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
    RAILSWITCH_TRUSTLY_URL: trustly.url,
    RAILSWITCH_TRUSTLY_PUBLIC_KEY: trustly.publicKey,
    RAILSWITCH_TRUSTLY_USERNAME: trustly.merchant.username,
    RAILSWITCH_TRUSTLY_PASSWORD: trustly.merchant.password,
    RAILSWITCH_TRUSTLY_PRIVATE_KEY: trustly.merchant.privateKey,
    RAILSWITCH_PAYABL_USE: 'payabl-trustly',
    RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
    RAILSWITCH_PAYABL_URL: payabl.url,
    RAILSWITCH_PAYABL_MERCHANT_ID: payabl.merchant.merchantId,
    RAILSWITCH_PAYABL_SECRET: payabl.merchant.secret,
  }
  const storeFolder = join(folder, storeName)
  return {
    sandbox,
    folder,
    env,
    storeFolder,
    /** The words that name the store to a command. */
    store: ['--store-folder', storeFolder],
    /** Runs the application, which uses the store alone meanwhile. `handled`: the events, as `type reference`. */
    running: async <Result>(
      work: (
        payments: Payments,
        handled: readonly string[],
        app: { readonly payments: Payments; readonly store: object },
      ) => Promise<Result>,
      changes: Readonly<Record<string, string>> = {},
      { refuse = false, aheadMs = 0 }: { readonly refuse?: boolean; readonly aheadMs?: number } = {},
    ): Promise<Result> => {
      const store = embeddedStore({ folder: storeFolder })
      const clock = () => new Date(Date.now() + aheadMs)
      const payments = createPayments({ ...configFromEnv({ ...env, ...changes }), store, clock, logger: false })
      const handled: string[] = []
      payments.on({
        'deposit.credited': ({ reference }) => {
          if (refuse) throw new Error('not now')
          handled.push(`deposit.credited ${reference}`)
        },
        'deposit.reversed': ({ reference }) => {
          handled.push(`deposit.reversed ${reference}`)
          return { recovered: false }
        },
      })
      running = payments
      try {
        return await work(payments, handled, { payments, store })
      } finally {
        running = null
        await payments.close()
        await store.close()
      }
    },
    close: async () => {
      await sandbox.close()
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export type TestShop = Awaited<ReturnType<typeof startTestShop>>

/** The input of a deposit. */
export const orderOf = (reference: string) => ({
  reference,
  amount: { value: '249.90', currency: 'SEK' },
  customer: {
    id: 'c-77',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@customer.example',
    country: 'SE',
    locale: 'sv-SE',
  },
  returnUrl: `https://shop.example/orders/${reference}`,
})
