import { archivingStore } from './archiving-store.ts'
import { booksContext } from './books-context.ts'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
    isLeft,
  memoryStore,
  type PaymentProvider,
  type SettledLine,
  type Store,
  silentLogger,
  systemRuntime,
  type VendorLedger,
  type VendorLine,
} from '@railswitch/core'
import { startSandbox } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import { createPayments } from '../../create-payments.ts'
import type { Payments } from '../../payments.ts'
import { type BooksInput, compareLedger, type RailLedger } from '../../reconcile/books/compare-ledger.ts'
import { dayAfter } from '../../reconcile/books/match-lines.ts'
import { depositOf, sek } from './shop-at-trustly.ts'

/** The reports of the vendor, each by its day. */
export interface Reports {
  readonly ledger: Readonly<Record<string, readonly VendorLine[]>>
  readonly settled: Readonly<Record<string, readonly SettledLine[]>>
}

/** A callback that the shop did not accept. */
interface Received {
  readonly path: string
  readonly body: string
}

/** A shop at Trustly's sandbox, in a time of its own. */
export const periodAtTrustly = async (start: string, rail = 't', keepPayments = 20_000) => {
  let time = new Date(start)
  const now = () => time
  const sandbox = await startSandbox({ now, keepPayments, trustly: { keys, redeliverAfterMs: [] } })
  const { trustly, chaos } = sandbox
  let listener: RequestListener = (_request, response) => response.writeHead(503).end()
  const server = createServer((request, response) => listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const store = archivingStore(() => memoryStore({ runtime: { ...systemRuntime, now } }))
  const options = {
    environment: 'local',
    url: trustly.url,
    publicKey: trustly.publicKey,
    username: trustly.merchant.username,
    password: trustly.merchant.password,
    privateKey: trustly.merchant.privateKey,
    replayAfterMs: [],
  } as const
  const payments: Payments<void> = createPayments<void>({
    active: rail,
    providers: { [rail]: { use: 'trustly-direct', ...options } },
    store,
    statement: 'SHOP',
    callbacks: {
      url: `${origin}/callbacks`,
      secrets: ['callback-secret-of-32-characters-x'],
    },
    logger: silentLogger,
    clock: now,
  })
  payments.on({
    'deposit.credited': () => {},
    'deposit.not_credited': () => {},
    'deposit.not_credited_yet': () => {},
    'deposit.reversed': async () => ({ recovered: true }),
    'refund.confirmed': () => {},
    'refund.failed': () => {},
    'payout.confirmed': () => {},
    'payout.failed': () => {},
    'account.received': () => {},
    'review.needed': () => {},
  })
  let isLossy = false
  let received = 0
  const undelivered: Received[] = []
  listener = async (request, response) => {
    if (!isLossy || received++ % 2 === 1) return payments.callbacks.node(request, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    undelivered.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString() })
    response.writeHead(503).end()
  }
  const provider = createTrustlyDirect(options)
  if (isLeft(provider)) throw new Error('The options are not valid.')
  const { right } = provider
  /** As `orderOf`, in a time that does not depend on the number of orders. */
  const orderInStore = async (reference: string): Promise<string> => {
    const record = await store.find(reference)
    const [id] = record?.intents.find(({ intent }) => intent.reference === reference)?.vendorIds ?? []
    if (id === undefined) throw new Error(`The store has no order ${reference}.`)
    return id
  }
  const orderOf = (reference: string): string => {
    const found = trustly.books().orders.find(({ messageId }) => messageId === reference)
    if (!found) throw new Error(`The sandbox has no order ${reference}.`)
    return found.orderId
  }
  /** A response that was lost is asked for again. */
  const begin = (reference: string, value = '100.00', currency = 'SEK'): ReturnType<Payments<void>['deposit']> =>
    payments
      .deposit({ ...depositOf(reference), amount: { value, currency } })
      .catch((error) =>
        error.code === 'no_valid_response' ? begin(reference, value, currency) : Promise.reject(error),
      )
  return {
    payments,
    begin,
    trustly,
    chaos,
    store,
    orderOf,
    orderInStore,
    /** Every other notification of what happens is lost, and comes when `deliverLost` is called. */
    unreliably: async (happens: () => void): Promise<void> => {
      isLossy = true
      happens()
      await trustly.idle()
      isLossy = false
    },
    /** Delivers what was lost. Returns how many. */
    deliverLost: async (): Promise<number> => {
      const lost = undelivered.splice(0)
      for (const { path, body } of lost)
        await fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return lost.length
    },
    /** What happened so far, when all of it was delivered, is found by comparisons only. So the store stays fast. */
    archive: store.archive,
    /** Continues at this time. */
    at: (next: string): void => {
      time = new Date(next)
    },
    pay: async (reference: string, value = '100.00', currency = 'SEK') => {
      const { payment } = await begin(reference, value, currency)
      trustly.complete(await orderInStore(reference))
      await trustly.idle()
      return payment
    },
    reports: async (from: string, to: string): Promise<Reports> => {
      const ledger: Record<string, readonly VendorLine[]> = {}
      const settled: Record<string, readonly SettledLine[]> = {}
      const { signal } = new AbortController()
      for (let day = from; day <= to; day = dayAfter(day)) {
        ledger[day] = await all(right.ledger?.lines({ from: day, to: day }, signal) ?? empty())
        settled[day] = await all(right.ledger?.settled?.(day, signal) ?? empty())
      }
      return { ledger, settled }
    },
    /** The store against these reports, long after. */
    compare: (reports: Reports, days: { readonly from: string; readonly to: string }, more: BooksInput = {}) =>
      compareReports(store, right, reports, days, more),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await payments.close()
      await sandbox.close()
    },
  }
}

const compareReports = (
  store: Store<void>,
  provider: PaymentProvider,
  { ledger, settled }: Reports,
  days: { readonly from: string; readonly to: string },
  more: BooksInput,
): Promise<RailLedger> => {
  const reported: VendorLedger = {
    notReported: [],
    async *lines({ from }) {
      yield* ledger[from] ?? []
    },
    async *settled(day) {
      yield* settled[day] ?? []
    },
  }
  const rails = new Map([['t', provider]])
  const now = () => new Date(`${dayAfter(days.to, 30)}T00:00:00Z`)
  const context = booksContext(rails, store, now)
  return compareLedger(context, { rail: 't', provider, ledger: reported }, days, more)
}

const all = async <A>(lines: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const line of lines) found.push(line)
  return found
}

async function* empty(): AsyncIterable<never> {}

/** Five days with everything that Trustly's reports can have, each settled on the next morning. */
export const variedPeriod = async () => {
  const period = await periodAtTrustly('2026-03-01T08:00:00Z')
  const { payments, trustly, at, pay, orderOf } = period
  trustly.change({ fee: '1.00', account: true, payoutconfirmation: true, payoutfailed: true, shortRefund: 'queued' })
  for (let number = 1; number <= 5; number += 1) {
    const day = `2026-03-0${number}`
    at(`${day}T05:30:00Z`)
    if (number > 1) trustly.automaticSettlement(day)
    at(`${day}T08:00:00Z`)
    trustly.fund('5000.00', 'SEK')
    const payment = await pay(`paid-${number}`)
    await pay(`again-${number}`)
    await pay(`euro-${number}`, '70.01', 'EUR')
    await payments.deposit(depositOf(`abandoned-${number}`))
    trustly.cancel(orderOf(`abandoned-${number}`))
    at(`${day}T10:00:00Z`)
    await payments.refund({ payment, reference: `refund-${number}`, amount: sek('10.00') })
    await payments.refund({ payment, reference: `refund-back-${number}`, amount: sek('20.00') })
    trustly.returnRefund(orderOf(`paid-${number}`), '20.00')
    for (const [reference, value] of [['payout', '30.00'], ['payout-back', '40.00'], ['payout-late', '50.00']])
      await payments.payout({
        reference: `${reference}-${number}`,
        amount: sek(value ?? ''),
        to: { payment },
        customer: { id: 'customer-1' },
      })
    trustly.confirmPayout(orderOf(`payout-${number}`))
    trustly.failPayout(orderOf(`payout-back-${number}`))
    await trustly.idle()
    at(`${day}T23:59:59.500Z`)
    trustly.debit(orderOf(`again-${number}`), '15.00')
    trustly.exchange({ amount: '110.00', currency: 'SEK' }, { amount: '10.00', currency: 'EUR' })
    if (number > 1) {
      trustly.confirmPayout(orderOf(`payout-late-${number - 1}`))
      trustly.failPayout(orderOf(`payout-late-${number - 1}`))
    }
    await trustly.idle()
  }
  at('2026-03-06T05:30:00Z')
  trustly.automaticSettlement('2026-03-06')
  return period
}
