import { readFileSync } from 'node:fs'
import { type Either, type FoundReport, isLeft, type LookUpResult, type PaymentError, type PaymentRecord, type Report } from '@railswitch/core/provider'
import { lookUp } from '../look-up/look-up.ts'
import { type Step, scriptedClient } from './scripted-payabl.ts'

export const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'latin1')

/** An answer to a query that worked. */
export const answer = (...transactions: readonly string[]) =>
  `<response><process><status>0</status></process>${transactions.join('')}</response>`

export const notFound =
  '<response><process><status>-6000</status><error_message>Found wrong or missing fields</error_message></process></response>'

export const resent = sample('res-resend-notification-authentic.xml')

export interface ShownStep {
  readonly type?: string
  readonly code: string
  readonly order?: string
  readonly amount?: string
}

/** A transaction by its steps, in EUR. */
export const steps = (id: string, ...shown: readonly ShownStep[]) => {
  const numbered = shown.map(({ type = 'capture', code, order = '', amount = '' }, at) => {
    const money = amount && `<amount>${amount}</amount><currency>EUR</currency>`
    return `<step${at + 1}><type>${type}</type><error_code>${code}</error_code>${money}<order_id>${order}</order_id></step${at + 1}>`
  })
  return `<transaction><transaction_id>${id}</transaction_id><transaction_status>${numbered.join('')}</transaction_status></transaction>`
}

/** A transaction of a list. */
export const listed = (id: string, amount: string, order = 'trustly-0001') =>
  `<transaction><amount>${amount}</amount><currency>EUR</currency><order_id>${order}</order_id><transaction_id> ${id}</transaction_id></transaction>`

interface LookUpUnderTest {
  readonly result: Either<PaymentError, LookUpResult>
  readonly found: readonly FoundReport[]
  /** The last part of each address, and what was sent to it. */
  readonly asked: readonly (readonly [string | undefined, Readonly<Record<string, string>>])[]
}

/** Looks a record up at a payabl that answers this script. */
export const look = async (
  record: PaymentRecord,
  script: readonly Step[],
  at = '2026-11-25T10:00:00.000Z',
): Promise<LookUpUnderTest> => {
  const { client, sent } = scriptedClient(script)
  const result: Either<PaymentError, LookUpResult> = await lookUp(client, () => new Date(at))(record, new AbortController().signal)()
  const found = isLeft(result) ? [] : result.right.found
  return { result, found, asked: sent.map(({ url, fields }) => [url.split('/').at(-1), fields] as const) }
}

/** The record with what was found, as a store would keep it: what is learned is applied, the same report is stored once. */
export const withFound = (record: PaymentRecord, found: readonly FoundReport[]): PaymentRecord => {
  const learned = new Map(found.flatMap(({ report, intent, learns }) => (learns ? [[report.vendorId, intent]] : [])))
  const known = new Set(record.reports.map(({ id }) => id))
  const added = found.filter(({ report }) => !known.has(report.id))
  return {
    ...record,
    reports: [
      ...record.reports.map((one): Report => ({ ...one, intent: one.intent ?? learned.get(one.vendorId) ?? null })),
      ...added.map(({ report, intent }): Report => ({ ...report, rail: 'p', proof: 'lookup', intent })),
    ],
  }
}
