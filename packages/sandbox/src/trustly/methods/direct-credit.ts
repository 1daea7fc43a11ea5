import { isCovered, shortfall } from '../state/transfer-queue.ts'
import { directDebitResult } from './direct-debit-result.ts'
import { activeMandate, paymentDay, rejectTransfer } from './mandate-transfer.ts'
import type { Method } from './method.ts'
import { openOrder } from './open-order.ts'

/** Pays to the bank account of a managed mandate. The switch `shortPayout` decides what happens above the balance.
 *  @see https://docs.trustly.com/api/mdd-directcredit */
export const directCredit: Method = (command, context) => {
  const { account, fields } = command
  const rejected = rejectTransfer(command, context)
  const mandate = activeMandate(command, context)
  if (rejected || !mandate) return directDebitResult(account, { rejected: rejected ?? 'ERROR_MANDATE_NOT_FOUND' })
  const amount = fields.toMinor(fields.data('Amount'), fields.data('Currency')) ?? 0n
  const { holder, country, merchantReference } = mandate.terms
  const terms = { holder, country, merchantReference, currency: fields.data('Currency') }
  const short = !isCovered(context.ledger, { account, terms }, amount)
  const { shortPayout } = account.switches
  if (short && shortPayout === 'refused') return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  if (short && shortPayout === 'not accepted')
    return directDebitResult(account, { rejected: 'ERROR_AMOUNT_FAILURE', remark: shortfall })
  const paymentDate = paymentDay(fields.attribute('PaymentDate'), context.now())
  const order = openOrder(command, context, {
    kind: 'direct credit',
    state: 'accepted',
    bankAccount: mandate.bankAccount,
    mandateId: mandate.orderId,
    terms: { ...terms, paymentDate },
  })
  context.moneyOut.send(order, amount, { externalReference: '' })
  return { ...directDebitResult(account, { orderId: order.orderId }), ...(short && { remark: shortfall }) }
}
