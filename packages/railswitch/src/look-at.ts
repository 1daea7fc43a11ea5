import { fold, foldAccount, foldPayout, PaymentError, parsePaymentRef, paymentRef, type Thread } from '@railswitch/core'
import type { AccountView, HistoryEntry, Named, PaymentView, PayoutView } from './payments.ts'
import type { ReadyConfig } from './payments-config.ts'

/** Rejects with `not_found`. */
export const lookAtPayment = async <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<PaymentView> => {
  const thread = await findThread(config, of)
  const payment = fold(thread)
  if (!payment) throw unknownPayment(of)
  return { ...payment, history: historyOf(thread, fold, payment.state) }
}

/** Rejects with `not_found`. */
export const lookAtPayout = async <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<PayoutView> => {
  const thread = await findThread(config, of)
  const payout = foldPayout(thread)
  if (!payout) throw unknownPayment(of)
  return { ...payout, history: historyOf(thread, foldPayout, payout.state) }
}

/** Rejects with `not_found`. */
export const lookAtAccount = async <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<AccountView> => {
  const thread = await findThread(config, of)
  const account = foldAccount(thread)
  if (!account) throw unknownPayment(of)
  return { ...account, history: historyOf(thread, foldAccount, account.state) }
}

/** With the state that each word left behind: what makes a state is folded from all that was said until then. */
const historyOf = <State>(
  { intents, observations }: Thread,
  foldThread: (thread: Thread) => { readonly state: State } | null,
  last: State,
): readonly HistoryEntry<State>[] =>
  observations.map((observation, index) => {
    const until = { intents, observations: observations.slice(0, index + 1) }
    return { ...observation, state: foldThread(until)?.state ?? last }
  })

/** Rejects with `not_found`. */
export const findThread = async <Tx>({ store }: ReadyConfig<Tx>, of: Named): Promise<Thread> => {
  const reference = 'reference' in of ? of.reference : (parsePaymentRef(of.payment)?.reference ?? '')
  const thread = typeof reference === 'string' ? await store.find(reference) : null
  const isNamed = 'reference' in of || thread?.intents.some(({ intent }) => paymentRef(intent) === of.payment)
  if (!thread || !isNamed) throw unknownPayment(of)
  return thread
}

const unknownPayment = (of: Named): PaymentError =>
  new PaymentError({
    code: 'not_found',
    effect: 'not_sent',
    again: 'never',
    message: `No such payment is known under ${String('reference' in of ? of.reference : of.payment).slice(0, 60)}.`,
    hint: 'Use the reference that deposit() or refund() was given, and the same store.',
  })
