import {
  type Either,
  type Fact,
  type FoundReport,
  interpretRecord,
  isLeft,
  isOwnMethod,
  type LookedUp,
  type Money,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
} from '@railswitch/core'
import type { PayablClient } from '../client/client.ts'
import { interpret } from '../interpret/interpret.ts'
import { followUps } from '../interpret/reading.ts'

/** What every look-up is given. */
export interface LookUpContext {
  readonly client: PayablClient
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** What one query found. */
export type Found = Promise<Either<PaymentError, readonly FoundReport[]>>

/** What several queries found. `failed`: the first that payabl did not answer. */
export type PartlyFound = Promise<Pick<LookedUp, 'found' | 'failed'>>

/** Asks about each; one that is not answered takes nothing from the others. */
export const lookUpEach = async <T>(items: readonly T[], lookUpOne: (item: T) => Found): PartlyFound => {
  const found: FoundReport[] = []
  const failures: PaymentError[] = []
  for (const item of items) {
    const shown = await lookUpOne(item)
    if (isLeft(shown)) failures.push(shown.left)
    else found.push(...shown.right)
  }
  const [failed] = failures
  return { found, ...(failed && { failed }) }
}

interface Shown {
  readonly vendorId: string
  readonly intent: PaymentRef
  readonly method: string
  readonly members: Readonly<Record<string, string>>
  readonly money?: Money | null
  readonly learns?: boolean
  /** Tells a later look-up that shows the same from an earlier one, where that means more. */
  readonly stage?: string
}

/** What payabl showed us when asked. The same again has the same id. */
export const toFound = (
  { vendorId, intent, method, members, money, learns = false, stage = '' }: Shown,
  now: Date,
): FoundReport => ({
  report: {
    id: [
      'lookup',
      intent,
      vendorId,
      method,
      money ? `${money.value} ${money.currency}` : '',
      ...memberTexts(members),
      stage,
    ]
      .join('|')
      .replace(/\|+$/, ''),
    at: now.toISOString(),
    vendorId,
    method,
    ...(money && { money }),
    members,
  },
  intent,
  learns,
})

const memberTexts = (members: Shown['members']): readonly string[] =>
  Object.entries(members)
    .map(([name, value]) => `${name}=${value}`)
    .sort()

/** All facts of the intents that a look-up was given, with what persons and elapsed time said. */
export const factsIn = (record: PaymentRecord): readonly Fact[] =>
  interpretRecord(record, new Map([...railsOf(record)].map((rail) => [rail, { interpret }])))

export const railsOf = ({ intents }: PaymentRecord): ReadonlySet<string> =>
  new Set(intents.map(({ intent }) => intent.rail))

/**
 * payabl's transactions of an intent: as its response named them, and as applied reports did. What persons and elapsed time said
 * is no transaction, whatever id it stands under.
 */
export const transactionsOf = (
  { reports }: PaymentRecord,
  { intent, vendorIds }: RecordedIntent,
): readonly string[] => {
  const ref = paymentRef(intent)
  const reported = reports.flatMap((report) =>
    report.intent === ref && !isOwnMethod(report.method) ? [report.vendorId] : [],
  )
  return [...new Set([...vendorIds, ...reported])].filter((id) => isTransactionId(id))
}

/** Those that are the deposit itself: neither its refunds nor its chargebacks. */
export const depositTransactionsOf = (record: PaymentRecord, recorded: RecordedIntent): readonly string[] =>
  transactionsOf(
    {
      ...record,
      reports: record.reports.filter(({ method }) => method === 'capture' || isDepositStep(method)),
    },
    recorded,
  )

const isDepositStep = (method: string): boolean =>
  method.startsWith('diagnose ') && !followUps.has(method.slice('diagnose '.length))

export const isTransactionId = (id: string): boolean => /^\d{1,50}$/.test(id)
