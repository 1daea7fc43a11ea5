import { createHash } from 'node:crypto'
import { taskEither, type Transport } from '@railswitch/core'
import { toListed, toSteps, xml } from './payabl-xml.ts'
import { httpResponse, type Booked, type Happening, type Notification, type VendorModel } from './vendor-model.ts'

export const payablSecret = 'the-secret-of-the-merchant'

/** Details that payabl's documents do not define. `own`: the transaction has its own id; otherwise it has that of the deposit. */
export interface PayablChoices {
  readonly captures: 'own' | 'shared'
  readonly refunds: 'own' | 'shared'
  readonly chargebacks: 'own' | 'shared'
}

interface Transaction {
  readonly id: string
  readonly order: Order
  readonly type: 'preauthorization' | 'capture' | 'refund' | 'chb' | 'cft'
  readonly amount: string
  readonly currency: string
  readonly at: string
  /** For a refund: our id of it. */
  readonly externalId: string
  /** In a diagnosis: 0 is done, 2000 is pending, others are failed. */
  code: string
  last: Fields | null
}

interface Order {
  readonly reference: string
  readonly amount: string
  readonly currency: string
  readonly address: string
  /** The transactions that can pay it. */
  readonly paying: Transaction[]
}

type Fields = Readonly<Record<string, string>>

/** A model of payabl in this process, with one merchant. `now`: its own clock. */
export const createPayablModel = (now: () => Date, choices: PayablChoices): VendorModel => {
  const orders: Order[] = []
  const transactions: Transaction[] = []
  const outbox: Notification[] = []
  const books: Booked[] = []

  const add = (order: Order, type: Transaction['type'], amount: string, more: Partial<Transaction> = {}): Transaction => {
    const id = String(104_900_001 + transactions.length)
    const at = now().toISOString()
    const one = { id, order, type, amount, currency: order.currency, at, externalId: '', code: '2000', last: null, ...more }
    transactions.push(one)
    return one
  }
  const open = (reference: string, amount: string, currency: string, address: string): Order => {
    const order = { reference, amount, currency, address, paying: [] }
    orders.push(order)
    return order
  }
  const orderOf = (reference: string): Order => {
    const order = orders.findLast((one) => one.reference === reference)
    if (!order) throw new Error(`There is no order ${reference}.`)
    return order
  }
  /** The nth transaction that pays an order. A further one is the customer's second try on payabl's page. */
  const paying = (of: string, index: number): Transaction => {
    const order = orderOf(of)
    const first = order.paying[0]
    if (choices.captures === 'own' && first?.type === 'preauthorization') {
      first.code = '0'
      order.paying.shift()
    }
    while (order.paying.length <= index) order.paying.push(add(order, 'capture', order.amount))
    return order.paying[index] as Transaction
  }

  const transport: Transport = ({ url, body }) => {
    const form = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('latin1')))
    const action = url.slice(url.lastIndexOf('/') + 1)
    if (action === 'tx_diagnose') return taskEither.right(httpResponse('text/xml', diagnosis(form)))
    if (action === 'send_notification') return taskEither.right(httpResponse('text/xml', resend(form.transactionid ?? '')))
    return taskEither.right(httpResponse('text/plain', new URLSearchParams(responseTo(action, form)).toString()))
  }

  function responseTo(action: string, form: Fields): Record<string, string> {
    const { orderid = '', amount = '', currency = '', notification_url: address = '', transactionid = '' } = form
    switch (action) {
      case 'payment_preauthorize': {
        const order = open(orderid, amount, currency, address)
        const { id } = add(order, choices.captures === 'own' ? 'preauthorization' : 'capture', amount)
        order.paying.push(transactions.at(-1) as Transaction)
        const redirect_url = `https://payabl.example/${id}`
        return { transactionid: id, status: '2000', errormessage: 'pending', orderid, amount, currency, redirect_url }
      }
      case 'payment_refund': {
        const paid = transactions.find(({ id }) => id === transactionid) as Transaction
        const refund = add(paid.order, 'refund', amount, {
          code: '0',
          externalId: form.external_id ?? '',
          ...(choices.refunds === 'shared' && { id: paid.id }),
        })
        return { transactionid: refund.id, status: '0', errormessage: '', amount, currency }
      }
      case 'payment_cft': {
        const { id } = add(open(orderid, amount, currency, address), 'cft', amount)
        return { transactionid: id, status: '2000', errormessage: 'pending', orderid, amount, currency }
      }
      default:
        throw new Error(`payabl has no action ${action}.`)
    }
  }

  const send = (transaction: Transaction, address: string, fields: Fields): void => {
    const { id, amount, currency } = transaction
    const whole = { transactionid: id, amount, currency, errormessage: '', payment_method: '116', ...fields }
    const stamped: Fields = { ...whole, timestamp: String(Math.floor(now().getTime() / 1000)) }
    transaction.last = fields
    const { type = '', errorcode = '', timestamp = '', transactionid = '' } = stamped
    const security = createHash('sha256')
      .update(transactionid + type + errorcode + timestamp + payablSecret)
      .digest('hex')
    outbox.push({
      address,
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ ...stamped, security }).toString(),
      accepts: (status) => status === 200,
    })
  }
  const report = (transaction: Transaction, fields: Fields): void =>
    send(transaction, transaction.order.address, { orderid: transaction.order.reference, ...fields })

  const book = (type: Booked['type'], of: string, money: string, refund?: string): void => {
    books.push({ type, of, money, ...(refund !== undefined && { refund }) })
  }

  const happen = (happening: Happening): void => {
    const { of } = happening
    switch (happening.what) {
      case 'approved': {
        const transaction = paying(of, happening.transaction)
        transaction.code = '0'
        return report(transaction, { type: 'capture', errorcode: '0', payment_state: 'not_credited_yet' })
      }
      case 'ended': {
        const transaction = paying(of, happening.transaction)
        const wasApproved = transaction.code === '0'
        transaction.code = wasApproved ? '-5002' : '-5003'
        return report(transaction, { type: 'capture', errorcode: transaction.code, payment_state: 'not_credited' })
      }
      case 'credited': {
        const { amount, currency } = happening
        const transaction = Object.assign(paying(of, happening.transaction), { code: '0', amount, currency })
        book('deposit.credited', of, `${amount} ${currency}`)
        return report(transaction, { type: 'capture', errorcode: '0', payment_state: 'credited' })
      }
      case 'reversed': {
        const paid = paying(of, happening.transaction)
        const chargeback = add(paid.order, 'chb', happening.amount, {
          code: '0',
          ...(choices.chargebacks === 'shared' && { id: paid.id }),
        })
        book('deposit.reversed', of, `${happening.amount} SEK`)
        return report(chargeback, { type: 'chb', errorcode: '0' })
      }
      case 'refund sent':
      case 'refund back': {
        const isBack = happening.what === 'refund back'
        const refund = transactions.find(({ externalId }) => externalId === happening.refund) as Transaction
        book(isBack ? 'refund.failed' : 'refund.confirmed', of, `${happening.amount} SEK`, happening.refund)
        if (isBack) refund.code = '-5007'
        return report(refund, { type: 'refund', errorcode: refund.code })
      }
      case 'payout sent':
        Object.assign(payoutOf(of), { code: '0' })
        return
      case 'payout back': {
        const payout = Object.assign(payoutOf(of), { code: '-5008' })
        book('payout.failed', of, `${happening.amount} SEK`)
        return report(payout, { type: 'cft', errorcode: '-5008' })
      }
      case 'stranger': {
        const order = orderOf(of)
        const foreignOrder = { ...order, address: order.address.replace(/\/[^/]*$/, '') }
        const transaction = add({ ...foreignOrder, reference: 'of-another-program' }, 'capture', happening.amount, { code: '0' })
        return send(transaction, foreignOrder.address, {
          type: 'capture',
          errorcode: '0',
          payment_state: 'credited',
          orderid: of,
        })
      }
      case 'something new':
        return report(paying(of, 0), { type: 'retrieval_request', errorcode: '0' })
      case 'requested':
      case 'identified':
      case 'account':
        throw new Error('payabl has no such event.')
      default:
        return happening satisfies never
    }
  }

  const payoutOf = (of: string): Transaction =>
    transactions.findLast(({ type, order }) => type === 'cft' && order.reference === of) as Transaction

  /** "It re-sends the last status only." */
  function resend(id: string): string {
    const transaction = transactions.find((one) => one.id === id)
    if (transaction?.last) send(transaction, transaction.order.address, transaction.last)
    const sent = transaction?.last ? 'SUCCESSFULL' : 'FAILED'
    return xml(
      `<transaction><notification_status><transaction_id_1><error_code>0</error_code><error_message/>` +
        `<notification_sent>${sent}</notification_sent><transaction_id>${id}</transaction_id></transaction_id_1>` +
        `</notification_status></transaction>`,
    )
  }

  function diagnosis({ type = '', transactionid, orderid, start_date = '', end_date = '' }: Fields): string {
    if (type === 'tx' || type === 'orderid') {
      const matching = transactions.filter((one) =>
        type === 'tx' ? one.id === transactionid : one.order.reference === orderid,
      )
      const ids = [...new Set(matching.map(({ id }) => id))]
      return xml(ids.map((id) => toSteps(id, transactions.filter((one) => one.id === id))).join(''))
    }
    const days = [start_date, end_date].map((day) => day.split('.').reverse().join('-'))
    const listed = transactions.filter(
      (one) => one.type === type && one.code === '0' && one.at.slice(0, 10) >= (days[0] ?? '') && one.at.slice(0, 10) <= (days[1] ?? ''),
    )
    return xml(listed.map(toListed).join(''))
  }

  return {
    transport,
    outbox,
    books,
    complaints: [],
    happen,
    beginElsewhere: (reference, amount, address) => {
      const order = open(reference, amount, 'SEK', address)
      const transaction = add(order, 'capture', amount)
      order.paying.push(transaction)
    },
    idOf: (reference) => paying(reference, 0).id,
  }
}
