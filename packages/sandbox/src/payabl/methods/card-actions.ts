import { firstViolation, isTransactionId, required } from '../parameters/parameter-rules.ts'
import type { Transaction } from '../state/payment.ts'
import { formResponse } from '../wire/form-response.ts'
import type { Refusal } from '../wire/status-codes.ts'
import type { Action, ActionContext } from './action.ts'
import { findNamed } from './named-transaction.ts'

const refuse: Action['refuse'] = (status, { assumptions }) => formResponse({ status }, assumptions)

const notForTrustly: Refusal = { status: -104, hint: 'this action is not for Trustly' }

/** One-step card payments. For bank payments "only the Preauthorize interface may be used".
 *  @see https://docs.payabl.com/docs/authorization */
export const authorize: Action = { run: () => notForTrustly, refuse }

type RunOnTransaction = (named: Transaction, context: ActionContext) => ReturnType<Action['run']>

const onTransaction = (run: RunOnTransaction): Action => ({
  run: (context) => {
    const violation = firstViolation(context.form, [required('transactionid', isTransactionId)], context.assumptions)
    if (violation) return violation
    const named = findNamed(context)
    return 'status' in named ? named : run(named, context)
  },
  refuse,
})

/** The gateway captures Trustly payments itself, so there is nothing to capture.
 *  @see https://docs.payabl.com/docs/capture */
export const capture: Action = onTransaction(() => notForTrustly)

/** Only for transactions that were authorised and not captured; Trustly payments never are. The documents do not say
 *  whether a pending one can be cancelled.
 *  @see https://docs.payabl.com/docs/reversalcancellation */
export const reversal: Action = onTransaction((named, { lifeCycle, assumptions }) => {
  if (assumptions.pendingReversal === 'refused' || named.state !== 'pending') return notForTrustly
  const { transactionId: transactionid, amount, payment } = named
  lifeCycle.abort(payment)
  const { currency, orderid } = payment
  return { status: 0, answer: formResponse({ status: 0, transactionid, amount, currency, orderid }, assumptions) }
})
