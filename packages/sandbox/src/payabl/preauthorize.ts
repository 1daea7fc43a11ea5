import type { Action } from './action.ts'
import { formAnswer } from './answer.ts'
import { readDeposit } from './deposit-terms.ts'
import { textOf } from './form.ts'

/** Starts a pay-in: a pending payment with its hosted page. `orderid` is no key: one sent twice makes two payments.
 *  @see https://docs.payabl.com/docs/trustly */
export const preauthorize: Action = {
  run: ({ account, form, ledger, assumptions, checkoutUrl, now }) => {
    const terms = readDeposit(form, account)
    if ('status' in terms) return terms
    const at = now()
    const orderid = form.values.get('orderid') ?? ''
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
    const answer = formAnswer({ status: 2000, transactionid: transactionId, amount, currency, orderid }, [
      ['payment_method', '116'],
      ['redirect_url', `${checkoutUrl}${payment.session}`],
      ['user_id', payment.userId],
    ])
    return { status: 2000, answer }
  },
  refuse: (status) => formAnswer({ status }),
}
