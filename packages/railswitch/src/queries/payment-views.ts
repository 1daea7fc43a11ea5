import {
  type Account,
  type Deposit,
  deriveAccount,
  deriveDeposit,
  derivePayout,
  type Fact,
  intentOf,
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

/** A report, and the state that the payment had from then on, in the order of arrival. */
export type HistoryEntry<State> = Report & { readonly state: State }

interface Reviewed {
  /** What needs review, and nobody has resolved. */
  readonly reviews: readonly Review[]
}

/** A payment as it stands, with everything that was reported of it, in the order of arrival. */
export interface DepositView extends Deposit, Reviewed {
  readonly history: readonly HistoryEntry<Deposit['state']>[]
}

/** A payout or a withdrawal as it stands, with everything that was reported of it. */
export interface PayoutView extends Payout, Reviewed {
  readonly history: readonly HistoryEntry<Payout['state']>[]
}

export interface AccountView extends Account, Reviewed {
  readonly history: readonly HistoryEntry<Account['state']>[]
}

/** Your own reference, or the ref that the call gave. */
export type Named = { readonly reference: string } | { readonly payment: PaymentRef }

/** Rejects with `not_found` or `rail_missing`. */
export const getDeposit = <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<DepositView> =>
  viewOf(config, of, deriveDeposit)

/** Rejects with `not_found` or `rail_missing`. */
export const getPayout = <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<PayoutView> =>
  viewOf(config, of, derivePayout)

/** Rejects with `not_found` or `rail_missing`. */
export const getAccount = <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<AccountView> =>
  viewOf(config, of, deriveAccount)

type Derive<S> = (record: PaymentRecord, facts: readonly Fact[]) => S | null

const viewOf = async <S extends { readonly state: string }, Tx>(
  config: ReadyConfig<Tx>,
  of: Named,
  derive: Derive<S>,
) => {
  const record = await findRecord(config, of)
  const { facts, reviews, missingRails } = config.rules.derive(record)
  const [missing] = missingRails
  if (missing !== undefined) throw railMissing(missing)
  const state = derive(record, facts)
  if (!state) throw unknownPayment(of)
  return { ...state, reviews, history: historyOf(config, record, derive, state.state as S['state']) }
}

/** With the state that each report left behind: what makes a state is derived from all that was reported until then. */
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
export const findRecord = async <Tx>({ store }: ReadyConfig<Tx>, of: Named): Promise<PaymentRecord> => {
  const reference = 'reference' in of ? of.reference : (parsePaymentRef(of.payment)?.reference ?? '')
  const record = typeof reference === 'string' ? await store.find(reference) : null
  const isNamed = 'reference' in of || (record && intentOf(record, of.payment))
  if (!record || !isNamed) throw unknownPayment(of)
  return record
}

const unknownPayment = (of: Named): PaymentError =>
  notFound({
    message: `No such payment is known under ${String('reference' in of ? of.reference : of.payment).slice(0, 60)}.`,
    hint: 'Use the reference that deposit() or refund() was given, and the same store.',
  })
