import { payInOf, type Transaction } from '../state/ledger.ts'
import { textOf } from '../wire/form.ts'
import type { XmlElement } from '../wire/xml.ts'
import { queryAnswer, refuseQuery } from '../wire/xml-answer.ts'
import type { Action, ActionContext } from './action.ts'

/** Sends the last notification of one or more transactions of one payment again, and answers when that is done.
 *  Ids are separated by commas; when they are of several payments nothing is sent.
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
    return { status: 0, answer: queryAnswer(0, context, { elements, layout: 'flat' }) }
  },
  refuse: refuseQuery,
}

const resend = async (asked: Transaction, { notifier }: ActionContext): Promise<readonly XmlElement[]> => {
  // Nothing is told under the preauthorization's own id, and a merchant that missed all knows no other.
  const transaction = asked.type === 'preauthorization' ? (payInOf(asked.payment) ?? asked) : asked
  const verdict = await notifier.resend(transaction)
  // What the vendor writes when it could not send is not published.
  const failed = { error_code: '-6000', error_message: 'Found wrong or missing fields', notification_sent: 'FAILED' }
  const sent = { error_code: '0', error_message: '', notification_sent: 'SUCCESSFULL' }
  const result = verdict?.accepted ? sent : failed
  return [...Object.entries(result), ['transaction_id', asked.transactionId]]
}
