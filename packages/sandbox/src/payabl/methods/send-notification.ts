import { payInOf, type Transaction } from '../state/payment.ts'
import { textOf } from '../wire/form.ts'
import type { XmlElement } from '../wire/xml.ts'
import { queryResponse, refuseQuery } from '../wire/xml-response.ts'
import type { Action, ActionContext } from './action.ts'

/** Repeats the last notification of one or more transactions of one payment, and responds afterwards. Ids are separated
 *  by commas; nothing is sent if they belong to several payments.
 *  @see https://docs.payabl.com/docs/resend-notification */
export const sendNotification: Action = {
  run: async (context) => {
    const { account, form, ledger } = context
    const ids = (textOf(form, 'transactionid') ?? '').split(',').map((id) => id.trim())
    const transactions = ids.flatMap((id) => ledger.find(id) ?? [])
    const payments = new Set(transactions.map(({ payment }) => payment))
    const known = transactions.length === ids.length && transactions.every(({ payment }) => payment.account === account)
    if (!known) return { status: -6000, hint: 'there is no such transaction' }
    if (payments.size > 1) return { status: -6000, hint: 'the transactions belong to several payments' }
    const sent = await Promise.all(transactions.map((transaction) => resend(transaction, context)))
    const results = sent.map((result, index): XmlElement => [`transaction_id_${index + 1}`, result])
    const elements: XmlElement[] = [['transaction', [['notification_status', results]]]]
    return { status: 0, answer: queryResponse(0, context, { elements, layout: 'flat' }) }
  },
  refuse: refuseQuery,
}

const resend = async (named: Transaction, { notifier }: ActionContext): Promise<readonly XmlElement[]> => {
  // No notification has the preauthorization's id, but a merchant that received none knows only that id.
  const transaction = named.type === 'preauthorization' ? (payInOf(named.payment) ?? named) : named
  const outcome = await notifier.resend(transaction)
  // The vendor's text for a failed delivery is not published.
  const failed = { error_code: '-6000', error_message: 'Found wrong or missing fields', notification_sent: 'FAILED' }
  const sent = { error_code: '0', error_message: '', notification_sent: 'SUCCESSFULL' }
  const result = outcome?.accepted ? sent : failed
  return [...Object.entries(result), ['transaction_id', named.transactionId]]
}
