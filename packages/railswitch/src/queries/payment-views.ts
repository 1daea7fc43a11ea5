import {
  type Account,
  type Deposit,
  deriveAccount,
  deriveDeposit,
  deriveMandate,
  derivePayout,
  type Fact,
  type Issue,
  intentOf,
  invalid,
  type Mandate,
  notFound,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  type Payout,
  parsePaymentRef,
  type Report,
  type Review,
  railMissing,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { selectorHint } from './arguments.ts'

/** A report, and the state of the payment after it. Entries are in the order of arrival. */
export type HistoryEntry<State> = Report & { readonly state: State }

interface Viewed {
  /** For `refund`, `payout`, `approve` and the other calls about this payment: of the attempt that counts. */
  readonly payment: PaymentRef
  /** The rail of this attempt. */
  readonly rail: string
  /** The open reviews. */
  readonly reviews: readonly Review[]
}

/** The current state of a deposit, with all its reports in the order of arrival. */
export interface DepositView extends Omit<Deposit, 'ref'>, Viewed {
  readonly history: readonly HistoryEntry<Deposit['state']>[]
}

/** The current state of a payout or a withdrawal, with all its reports. */
export interface PayoutView extends Omit<Payout, 'ref'>, Viewed {
  readonly history: readonly HistoryEntry<Payout['state']>[]
}

export interface AccountView extends Omit<Account, 'ref'>, Viewed {
  readonly history: readonly HistoryEntry<Account['state']>[]
}

/** The current state of a mandate, with all its reports. */
export interface MandateView extends Omit<Mandate, 'ref'>, Viewed {
  readonly history: readonly HistoryEntry<Mandate['state']>[]
}

/** Selects a payment by your own reference, or by the payment ref that the call returned. */
export type PaymentSelector = { readonly reference: string } | { readonly payment: PaymentRef }

/** Rejects with `not_found` or `rail_missing`. */
export const getDeposit = <Tx>(config: ReadyConfig<Tx>, of: PaymentSelector): Promise<DepositView> =>
  viewOf(config, of, deriveDeposit)

/** Rejects with `not_found` or `rail_missing`. */
export const getPayout = <Tx>(config: ReadyConfig<Tx>, of: PaymentSelector): Promise<PayoutView> =>
  viewOf(config, of, derivePayout)

/** Rejects with `not_found` or `rail_missing`. */
export const getAccount = <Tx>(config: ReadyConfig<Tx>, of: PaymentSelector): Promise<AccountView> =>
  viewOf(config, of, deriveAccount)

/** Rejects with `not_found` or `rail_missing`. */
export const getMandate = <Tx>(config: ReadyConfig<Tx>, of: PaymentSelector): Promise<MandateView> =>
  viewOf(config, of, deriveMandate)

type Derive<S> = (record: PaymentRecord, facts: readonly Fact[]) => S | null

const viewOf = async <S extends { readonly state: string; readonly ref: PaymentRef }, Tx>(
  config: ReadyConfig<Tx>,
  of: PaymentSelector,
  derive: Derive<S>,
) => {
  const record = await findRecord(config, of)
  const { facts, reviews, missingRails } = config.rules.derive(record)
  const [missing] = missingRails
  if (missing !== undefined) throw railMissing(missing)
  const state = derive(record, facts)
  if (!state) throw paymentNotFound(of)
  const { ref, ...rest } = state
  const { rail = '' } = parsePaymentRef(ref) ?? {}
  return { payment: ref, rail, ...rest, reviews, history: historyOf(config, record, derive, state.state as S['state']) }
}

/** Each report with the state that is derived from all reports up to it. */
const historyOf = <S extends { readonly state: string }, Tx>(
  { rules }: ReadyConfig<Tx>,
  record: PaymentRecord,
  derive: Derive<S>,
  last: S['state'],
): readonly HistoryEntry<S['state']>[] =>
  record.reports.map((report, index) => {
    const until = { ...record, reports: record.reports.slice(0, index + 1) }
    return { ...report, state: derive(until, rules.derive(until).facts)?.state ?? last }
  })

/** Rejects with `not_found` or `rail_missing`. */
export const findRecord = async <Tx>({ store }: ReadyConfig<Tx>, of: PaymentSelector): Promise<PaymentRecord> => {
  if (typeof of !== 'object' || of === null) throw invalid('invalid_input', [noSelector])
  const { reference, payment } = of as { readonly reference?: unknown; readonly payment?: unknown }
  if (reference === '')
    throw invalid('invalid_input', [{ ...noSelector, field: 'reference', rule: 'must not be empty' }])
  const isByReference = 'reference' in of
  const named = isByReference
    ? reference
    : typeof payment === 'string'
      ? parsePaymentRef(payment)?.reference
      : undefined
  const record = typeof named === 'string' ? await store.find(named) : null
  const isFound = isByReference || (record && intentOf(record, of.payment))
  if (!record || !isFound) throw paymentNotFound(of)
  return record
}

const noSelector: Issue = {
  field: 'input',
  rule: 'must be { reference } or { payment }',
  fix: "pass your own reference, such as { reference: 'order-1' }, or the payment ref that the call returned",
}

const paymentNotFound = (of: PaymentSelector): PaymentError => {
  const { reference, payment } = of as { readonly reference?: unknown; readonly payment?: unknown }
  const named = reference ?? payment
  return typeof named === 'string'
    ? notFound({
        message: `The payment ${named.slice(0, 60)} was not found.`,
        hint: selectorHint(reference === undefined ? payment : undefined),
      })
    : notFound({ message: 'The payment was not named.', hint: 'Pass { reference } or { payment }, which are texts.' })
}
