import {
  type AnyAnswer,
  type Intent,
  type KeptNews,
  type KeptPayment,
  merchantReference,
  type News,
  needsPerson,
  type Observation,
  orphanOf,
  paymentRef,
  type RecordedIntent,
  type Store,
  threadOf,
  wireReference,
} from '@railswitch/core'
import type { Connection, Row } from './connection.ts'
import { statementsFor } from './statements.ts'

/** News with its delivery's key, and its place among all news, by which it is found again. */
interface PlacedNews extends KeptNews {
  readonly id: string
  readonly position: string
}

interface PlacedPayment extends KeptPayment {
  readonly news: readonly PlacedNews[]
}

interface Lease {
  readonly token: string
  readonly ms: number
  /** The position of the news that it is taken for. */
  readonly news: string
}

/** What the store reads and writes within a transaction, in our words. `now`: the clock, null for the database's. */
export const keptRows = <Tx>({ query }: Connection<Tx>, schema: string, now: () => Date | null) => {
  const sql = statementsFor(schema)
  const rows = async (tx: Tx, text: string, ...values: readonly (string | null)[]): Promise<readonly Row[]> =>
    (await query(tx, text, values)) as readonly Row[]
  const first = async (tx: Tx, text: string, ...values: readonly (string | null)[]): Promise<Row | null> =>
    (await rows(tx, text, ...values))[0] ?? null
  const id = async (tx: Tx, text: string, ...values: readonly (string | null)[]): Promise<string | null> =>
    (await first(tx, text, ...values))?.id ?? null
  const time = (): string | null => now()?.toISOString() ?? null
  const person = (payment: KeptPayment): string => String(needsPerson(threadOf(payment)))

  return {
    /** Locks the payment of this root, made if it is new. */
    enter: async (tx: Tx, root: string) => (await id(tx, sql.enter, root, time())) ?? '',
    enterOrphan: async (tx: Tx, news: News) => (await id(tx, sql.enterOrphan, orphanOf(news), time())) ?? '',
    /** Null for a payment that is gone. */
    lock: async (tx: Tx, payment: string) => {
      const row = await first(tx, sql.lock, payment, time())
      return row && { leased: row.leased === 'true' }
    },
    remove: (tx: Tx, payment: string) => rows(tx, sql.remove, payment),
    touch: (tx: Tx, payment: string, kept: KeptPayment) => rows(tx, sql.touch, payment, person(kept), time()),

    lease: (tx: Tx, payment: string, kept: KeptPayment, { token, ms, news }: Lease) =>
      rows(tx, sql.lease, payment, person(kept), time(), token, String(Math.ceil(ms)), news),
    leaseAgain: (tx: Tx, payment: string, { token, ms, news }: Lease) =>
      rows(tx, sql.leaseAgain, payment, time(), token, String(Math.ceil(ms)), news),
    /** The position of the news that this lease was taken for; null once it is lost. */
    leased: async (tx: Tx, payment: string, token: string) =>
      (await first(tx, sql.leased, payment, token))?.news ?? null,
    release: (tx: Tx, payment: string, token: string) => rows(tx, sql.release, payment, token),
    /** False when the lease was lost. */
    finish: async (tx: Tx, payment: string, token: string, news: string, answer: AnyAnswer) =>
      (await rows(tx, sql.finish, payment, token, news, JSON.stringify(answer), time())).length === 1,

    read: async (tx: Tx, payment: string): Promise<PlacedPayment> => {
      const row = await first(tx, sql.read, payment)
      return { intents: JSON.parse(row?.intents ?? '[]'), news: JSON.parse(row?.news ?? '[]') }
    },
    paymentOf: (tx: Tx, reference: string, attempt: number | null = null) =>
      id(tx, sql.paymentOf, wireReference(reference), attempt === null ? null : String(attempt)),
    elsewhere: (tx: Tx, { reference }: Intent, payment: string) =>
      id(tx, sql.elsewhere, wireReference(reference), payment),
    locate: async (tx: Tx, news: News) => {
      const { rail, merchantReference, vendorIds } = news
      const row = await first(
        tx,
        sql.locate,
        rail,
        news.id,
        merchantReference,
        JSON.stringify(vendorIds),
        orphanOf(news),
      )
      const answer = row?.answer ?? null
      return row && { payment: row.id ?? '', answer: answer === null ? null : (JSON.parse(answer) as AnyAnswer) }
    },

    /** When it was begun; null when its key is taken. */
    insertIntent: async (tx: Tx, payment: string, intent: Intent, fingerprint: string) => {
      const wire = wireReference(intent.reference)
      const ids = [paymentRef(intent), merchantReference(intent)]
      const values = [payment, wire, String(intent.attempt), ...ids, JSON.stringify(intent), fingerprint, time()]
      return (await first(tx, sql.insertIntent, ...values))?.begun ?? null
    },
    resume: (tx: Tx, { reference, attempt }: Intent) => rows(tx, sql.resume, wireReference(reference), String(attempt)),
    updateIntent: (tx: Tx, { intent, conclusion, vendorIds }: RecordedIntent) =>
      rows(
        tx,
        sql.updateIntent,
        wireReference(intent.reference),
        String(intent.attempt),
        conclusion && JSON.stringify(conclusion),
        JSON.stringify(vendorIds),
      ),
    forget: async (tx: Tx, payment: string) => {
      await rows(tx, sql.forgetIntents, payment)
      await rows(tx, sql.forgetNews, payment)
    },
    deleteIntent: (tx: Tx, { reference, attempt }: Intent) =>
      rows(tx, sql.deleteIntent, wireReference(reference), String(attempt)),

    /** Its position; null when news of this id is kept elsewhere. */
    insertNews: async (tx: Tx, payment: string, news: News, observation: Observation) => {
      const row = await first(tx, sql.insertNews, payment, news.rail, news.id, JSON.stringify(observation), time())
      return row?.position ?? null
    },

    open: async (tx: Tx, { before, until, limit }: Parameters<Store['open']>[0], token: string) => {
      const lent = await rows(tx, sql.open, before, until, String(limit), token)
      return lent.map(({ id, loan }) => ({ payment: id ?? '', loan: loan ?? '' }))
    },
    postpone: (tx: Tx, payment: string, loan: string, due: string | null) => rows(tx, sql.postpone, payment, loan, due),
    reviews: async (tx: Tx, after: string) => idsOf(await rows(tx, sql.reviews, after)),
    /** How many were deleted: at most 500. */
    sweep: async (tx: Tx, days: number) => (await rows(tx, sql.sweep, time(), String(days))).length,
  }
}

const idsOf = (rows: readonly Row[]): readonly string[] => rows.flatMap(({ id }) => id ?? [])
