import { dayMs } from '../../platform/clock.ts'
import type { Order } from '../state/order.ts'
import { schemeOf } from '../state/schemes.ts'
import type { Command, MethodContext } from './method.ts'

/** The mandate on which a call moves money. */
export const activeMandate = ({ account, fields: { data } }: Command, { ledger }: MethodContext): Order | undefined =>
  ledger.mandates.active(account, { accountId: data('AccountID'), merchantReference: data('MerchantReference') })

/** The reason to reject a direct debit or a direct credit, if there is one. */
export const rejectTransfer = (command: Command, context: MethodContext): string | undefined => {
  const { account, fields } = command
  if (!account.switches.directDebit) return 'ERROR_DIRECT_DEBIT_NOT_ALLOWED'
  const mandate = activeMandate(command, context)
  if (!mandate) return 'ERROR_MANDATE_NOT_FOUND'
  if (fields.data('Currency') !== schemeOf(mandate.terms.country).currency) return 'ERROR_CURRENCY_FAILURE'
  if (fields.data('Amount') === '') return 'ERROR_AMOUNT_FAILURE'
  return isPast(fields.attribute('PaymentDate'), context.now()) ? 'ERROR_PAYMENT_DATE_FAILURE' : undefined
}

const isPast = (paymentDate: string, now: Date): boolean => paymentDate !== '' && paymentDate.slice(0, 10) < dayOf(now)

/** The day on which the banks execute it: the wanted one or today, or the Monday after a weekend. */
export const paymentDay = (wanted: string, now: Date): string => {
  const day = new Date(`${wanted.slice(0, 10) || dayOf(now)}T00:00:00Z`)
  while (day.getUTCDay() % 6 === 0) day.setTime(day.getTime() + dayMs)
  return dayOf(day)
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10)
