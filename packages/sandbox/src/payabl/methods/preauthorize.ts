import { readDeposit } from '../parameters/deposit-parameters.ts'
import type { DepositTerms, Payment } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import { formResponse } from '../wire/form-response.ts'
import type { ActionContext, BeginningAction } from './action.ts'

/** Starts a pay-in: a pending payment with its hosted page. `orderid` is not an idempotency key: a repeated one starts a
 *  second payment.
 *  @see https://docs.payabl.com/docs/trustly */
export const preauthorize: BeginningAction = {
  run: (context) => {
    const terms = readDeposit(context.form, context)
    if ('status' in terms) return terms
    const { account, form, ledger, assumptions, now } = context
    const orderid = form.values.get('orderid') ?? ''
    const isRepeated = ledger.withOrder(orderid).some((one) => one.account === account)
    if (isRepeated && orderid !== '' && assumptions.repeatedOrderid !== 'taken')
      return { status: assumptions.repeatedOrderid, hint: 'the orderid was used before' }
    const at = now()
    const { amount, currency } = terms
    const payment = ledger.open({
      account,
      orderid,
      custom1: form.values.get('custom1') ?? '',
      currency,
      notificationUrl: textOf(form, 'notification_url'),
      terms,
      touched: at,
    })
    const type = assumptions.captureId === 'same' ? 'capture' : 'preauthorization'
    const { transactionId } = ledger.add(payment, { type, amount, state: 'pending', errorcode: '2000', at })
    return answer(payment, { transactionId, terms }, context)
  },
  refuse: (status, { assumptions, ledger }) => {
    const transactionid = assumptions.refusedTransactionId === 'present' ? ledger.nextTransactionId() : ''
    return formResponse({ status, transactionid }, assumptions)
  },
}

interface NewPayIn {
  readonly transactionId: string
  readonly terms: DepositTerms
}

const answer = (
  { session, userId, orderid }: Payment,
  { transactionId, terms: { amount, currency } }: NewPayIn,
  { assumptions, checkoutUrl }: ActionContext,
) => {
  const url = `${checkoutUrl}${session}`
  const status = assumptions.pendingStatus
  const more = [
    ['payment_method', '116'],
    ['redirect_url', assumptions.redirectUrlEncoded === 'once' ? url : encodeURIComponent(url)],
    ['user_id', userId],
    ...(assumptions.paymentGuarantee === 'present' ? [['payment_guarantee', '0'] as const] : []),
  ] as const
  return {
    status,
    answer: formResponse({ status, transactionid: transactionId, amount, currency, orderid, more }, assumptions),
  }
}
