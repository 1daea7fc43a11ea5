// What a new user writes in TypeScript. It is compiled as it stands by each compiler and each module setting, and then run.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { postgresStore } from '@railswitch/store-postgres'
import type { Pool } from 'pg'
import {
  createPayments,
  type DepositInput,
  memoryStore,
  PaymentError,
  type PaymentEvent,
  type Payments,
  readPaymentRef,
  testEvent,
} from 'railswitch'

export const shop = async (): Promise<string> => {
  const sandbox = await startSandbox()
  const server = createServer((request, response) => void payments.callbacks.node(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const payments: Payments<void> = createPayments({
    active: 'payabl',
    providers: {
      payabl: {
        use: 'payabl-trustly',
        environment: 'local',
        url: sandbox.payabl.url,
        merchantId: sandbox.payabl.merchant.merchantId,
        secret: sandbox.payabl.merchant.secret,
      },
    },
    store: memoryStore(),
    callbacks: {
      url: `http://127.0.0.1:${port}/callbacks`,
      secrets: ['a-secret-that-only-this-test-uses-0001'],
    },
  })
  const events: PaymentEvent['type'][] = []
  payments.on({
    'deposit.credited': ({ type }) => void events.push(type),
    'deposit.reversed': () => ({ recovered: false }),
  })
  const order: DepositInput = {
    reference: 'order-1001',
    amount: { value: '249.90', currency: 'SEK' },
    customer: {
      id: 'c-77',
      firstName: 'Åsa',
      lastName: 'Öberg',
      email: 'asa@customer.example',
      country: 'SE',
      locale: 'sv-SE',
    },
    returnUrl: 'https://shop.example/orders/1001',
  }
  const { payment, redirectUrl } = await payments.deposit(order)
  await walkCheckout(redirectUrl)
  await sandbox.payabl.idle()
  const stored: string = payment // as a row of a database returns it
  const { status } = await payments.refund({
    payment: readPaymentRef(stored),
    reference: 'refund-1001-a',
    amount: { value: '100.00', currency: 'SEK' },
  })
  const { state } = await payments.getDeposit({ payment })
  const misspelt = await payments
    .getDeposit({ reference: 'order-1002' })
    .catch((error: unknown) => (error instanceof PaymentError ? error.code : 'another error'))
  await payments.close()
  server.close()
  server.closeAllConnections()
  await sandbox.close()
  return `${events.join()}; ${state}; refund ${status}; ${String(misspelt)}`
}

// The types of what is not called here.
export const inPostgres = (pool: Pool) => postgresStore({ pool })
export const credited = testEvent('deposit.credited', {
  reference: 'order-1001',
  amount: { value: '249.90', currency: 'SEK' },
})
export const balance = (payments: Payments) => payments.native('trustly', 'trustly-direct').reports.balance()
