import { randomUUID } from 'node:crypto'
import {
  type Begun,
  type Claim,
  concluded,
  handledThreadOf,
  type Intent,
  invalid,
  judgeBegin,
  type KeptPayment,
  type News,
  needsPerson,
  type OpenWork,
  type RecordedIntent,
  railOf,
  rootOf,
  type Store,
  sameKey,
  subjectOf,
  type Thread,
  threadOf,
  unhandledOf,
  wireReference,
} from '@railswitch/core'
import type { Connection } from './connection.ts'
import { keptRows } from './kept-rows.ts'
import { migrate } from './schema.ts'
import { quotedSchema } from './schema-name.ts'
import { createTransactions } from './transactions.ts'

/** The store over PostgreSQL, with what its operation needs beside the port. */
export interface PostgresStore<Tx> extends Store<Tx> {
  /** Brings the tables to this release's version: call it when the application is deployed. Safe in several processes at once. */
  migrate(): Promise<void>
  /**
   * Deletes payments to which nothing has happened for `days` (1 or more, 400 unless told), that neither `settle` nor a person
   * has to look at, and whose account no kept payout or charge draws on. Answers how many. What was deleted can neither be
   * refunded nor recognised any more. Rejects with `invalid_input`.
   */
  sweep(options?: { readonly days?: number }): Promise<number>
}

export interface StoreOptions {
  /** The schema of our tables, `railswitch` unless told. */
  readonly schema?: string
  /** For tests; without it the database's clock counts, which all processes share. */
  readonly now?: () => Date
}

/**
 * Locks are taken in one order, and few: one payment's row, then the keys of what is written to it. `complete` runs the
 * application's `write` first and our mark after it, so that no row of ours is locked while it runs.
 */
export const sqlStore = <Tx>(
  connection: Connection<Tx>,
  durable: boolean,
  { schema: name, now }: StoreOptions,
): PostgresStore<Tx> => {
  const schema = quotedSchema(name)
  const kept = keptRows(connection, schema, () => now?.() ?? null)
  const { transaction, untilSettled, applicationWrite } = createTransactions(connection, schema)

  return {
    durable,
    begin: (intent, fingerprint) => untilSettled((tx) => begin(tx, intent, fingerprint)),
    claim: (news, leaseMs) => untilSettled((tx) => claim(tx, news, leaseMs)),

    conclude: (intent, conclusion, vendorIds) =>
      transaction(async (tx) => {
        const payment = await kept.paymentOf(tx, intent.reference, intent.attempt)
        if (payment === null || !(await kept.lock(tx, payment))) return
        const before = await kept.read(tx, payment)
        const recorded = before.intents.find((candidate) => sameKey(candidate.intent, intent))
        if (!recorded) return
        const after = concluded(recorded, conclusion, vendorIds)
        if (after) await kept.updateIntent(tx, after)
        else await kept.deleteIntent(tx, intent)
        const intents = before.intents.flatMap((other) => (other === recorded ? (after ?? []) : other))
        if (isEmpty({ ...before, intents })) await kept.remove(tx, payment)
        else await kept.touch(tx, payment, { ...before, intents })
      }),

    find: (reference): Promise<Thread | null> =>
      transaction(async (tx) => {
        const payment = await kept.paymentOf(tx, reference)
        return payment === null ? null : threadOf(await kept.read(tx, payment))
      }),

    forget: (reference): Promise<boolean> =>
      transaction(async (tx) => {
        const payment = await kept.paymentOf(tx, reference)
        if (payment === null || !(await kept.lock(tx, payment))) return false
        await kept.forget(tx, payment)
        return true
      }),

    async complete(token, answer, write) {
      const payment = paymentOfToken(token)
      try {
        return await transaction(async (tx) => {
          const news = await kept.leased(tx, payment, token)
          if (news === null) return false
          if (write) await applicationWrite(write, tx)
          if (await kept.finish(tx, payment, token, news, answer)) return true
          throw leaseLost
        })
      } catch (error) {
        if (error === leaseLost) return false
        // Without the database the lease cannot be given back: it ends by itself.
        await transaction((tx) => kept.release(tx, payment, token)).catch(() => {})
        throw error
      }
    },

    async release(token) {
      await transaction((tx) => kept.release(tx, paymentOfToken(token), token))
    },

    open: (loan) =>
      transaction(async (tx) => {
        const works: OpenWork[] = []
        for (const lent of await kept.open(tx, loan, randomUUID())) {
          const payment = await kept.read(tx, lent.payment)
          works.push({ ...lent, thread: threadOf(payment), unhandled: unhandledOf(payment) })
        }
        return works
      }),

    async postpone(loan, due) {
      await transaction((tx) => kept.postpone(tx, paymentOfToken(loan), loan, due))
    },

    async *reviews() {
      let page = await transaction((tx) => kept.reviews(tx, '0'))
      while (page.length > 0) {
        for (const id of page) {
          const payment = await transaction((tx) => kept.read(tx, id))
          const thread = threadOf(payment)
          if (needsPerson(thread)) yield { rail: railOf(payment), thread }
        }
        const last = page.at(-1) ?? '0'
        page = await transaction((tx) => kept.reviews(tx, last))
      }
    },

    migrate: () => migrate(connection, schema),

    async sweep({ days = 400 } = {}) {
      if (!Number.isInteger(days) || days < 1) throw invalid('invalid_input', [noDays])
      let deleted = 0
      let some: number
      do {
        some = await transaction((tx) => kept.sweep(tx, days))
        deleted += some
      } while (some > 0)
      return deleted
    },
  }

  async function begin(tx: Tx, intent: Intent, fingerprint: string): Promise<Begun | null> {
    const payment = await kept.enter(tx, rootOf(intent))
    const before = await kept.read(tx, payment)
    const existing = await recordedUnder(tx, intent, payment, before)
    const judged = judgeBegin(intent, fingerprint, existing, threadOf(before))
    if (judged.state !== 'new') {
      if (judged.state === 'resume') await kept.resume(tx, intent)
      if (isEmpty(before)) await kept.remove(tx, payment)
      return judged
    }
    const begunAt = await kept.insertIntent(tx, payment, intent, fingerprint)
    if (begunAt === null) return null
    const recorded: RecordedIntent = { intent, fingerprint, begunAt, resumed: false, conclusion: null, vendorIds: [] }
    const after = { ...before, intents: [...before.intents, recorded] }
    await kept.touch(tx, payment, after)
    return { state: 'new', recorded, thread: threadOf(after) }
  }

  /** A key can stand for a call of another payment, and its reference for other attempts there. */
  async function recordedUnder(tx: Tx, intent: Intent, payment: string, { intents }: KeptPayment) {
    const isThat = (recorded: { readonly intent: Intent }): boolean => sameKey(recorded.intent, intent)
    const here = intents.find(isThat)
    if (here) return here
    const other = await kept.elsewhere(tx, intent, payment)
    if (other === null) return null
    const recorded = (await kept.read(tx, other)).intents.filter((one) => sameReference(one.intent, intent))
    return recorded.find(isThat) ?? recorded[0] ?? null
  }

  async function claim(tx: Tx, news: News, leaseMs: number): Promise<Claim | null> {
    const found = await kept.locate(tx, news)
    if (found && found.answer !== null) return { state: 'done', answer: found.answer }
    const payment = found?.payment ?? (await kept.enterOrphan(tx, news))
    const locked = await kept.lock(tx, payment)
    if (!locked) return null
    const before = await kept.read(tx, payment)
    const known = before.news.find(({ rail, id }) => rail === news.rail && id === news.id)
    if (known && known.answer !== null) return { state: 'done', answer: known.answer }
    const observation = known?.observation ?? news.observe(threadOf(before), subjectOf(before, news))
    const position = known?.position ?? (await kept.insertNews(tx, payment, news, observation))
    if (position === null) return null
    const after = known ? before : { ...before, news: [...before.news, { rail: news.rail, observation, answer: null }] }
    if (locked.leased) {
      if (!known) await kept.touch(tx, payment, after)
      return { state: 'busy' }
    }
    const token = `${payment}.${randomUUID()}`
    const lease = { token, ms: leaseMs, news: position }
    await (known ? kept.leaseAgain(tx, payment, lease) : kept.lease(tx, payment, after, lease))
    return { state: 'mine', token, before: handledThreadOf(before), observation }
  }
}

/** A slip such as an empty setting must not delete what was paid a minute ago. */
const noDays = { field: 'days', rule: 'must be a whole number from 1', fix: 'leave it out for 400 days' }

const leaseLost = new Error('The lease was lost.')

const sameReference = (a: Intent, b: Intent): boolean => wireReference(a.reference) === wireReference(b.reference)

const isEmpty = ({ intents, news }: KeptPayment): boolean => intents.length === 0 && news.length === 0

/** The token of a lease or a loan names its payment, so that no index is needed to find it. */
const paymentOfToken = (token: string): string => /^\d{1,18}/.exec(token)?.[0] ?? '0'
