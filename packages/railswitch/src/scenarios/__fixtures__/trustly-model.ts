import { taskEither, type Transport } from '@railswitch/core'
import { type Data, signedNotification, signedResult } from './signed-by-trustly.ts'
import { httpResponse, type Booked, type Happening, type Notification, type VendorModel } from './vendor-model.ts'

interface Order {
  readonly id: string
  readonly messageId: string
  readonly address: string
}

interface Request {
  readonly method: string
  readonly params: { readonly UUID: string; readonly Data: { readonly [name: string]: string } }
}

interface Row {
  readonly at: string
  readonly order: Order
  readonly amount: string
  readonly currency: string
}

/** A model of Trustly in this process, with our merchant and others. `now`: its own clock. */
export const createTrustlyModel = (now: () => Date): VendorModel => {
  const orders: Order[] = []
  const rows: Row[] = []
  const outbox: Notification[] = []
  const books: Booked[] = []
  const complaints: string[] = []
  const responses = new Map<string, string>()

  const open = (messageId: string, address: string): Order => {
    const order = { id: String(9_000_000_001 + orders.length), messageId, address }
    orders.push(order)
    return order
  }
  const orderOf = (reference: string): Order => {
    const order = orders.findLast(({ messageId }) => messageId === reference)
    if (!order) throw new Error(`There is no order ${reference}.`)
    return order
  }

  const transport: Transport = ({ body }) => {
    const { method, params } = JSON.parse(Buffer.from(body).toString('utf8')) as Request
    const { UUID: uuid, Data: data } = params
    const response = responses.get(uuid) ?? signedResult(method, uuid, resultOf(method, data))
    responses.set(uuid, response)
    return taskEither.right(httpResponse('application/json', response))
  }

  /** Trustly responds to a repeated UUID as before. */
  function resultOf(method: string, data: Request['params']['Data']): Data {
    const { OrderID = '', MessageID = '', NotificationURL = '', FromDate = '', ToDate = '', Currency } = data
    switch (method) {
      case 'Deposit':
      case 'Withdraw':
      case 'SelectAccount':
      case 'DirectDebitMandate': {
        const { id } = open(MessageID, NotificationURL)
        return { orderid: id, url: `https://trustly.example/${id}` }
      }
      case 'AccountPayout':
      case 'RegisterAccountPayout':
      case 'Charge':
        return { orderid: open(MessageID, NotificationURL).id, result: '1', rejected: null }
      case 'AccountLedger':
        return rows
          .filter(({ at, currency }) => at >= FromDate && at < ToDate && (!Currency || currency === Currency))
          .map(toLedgerLine)
      case 'DenyWithdrawal':
        deny(OrderID)
        return { orderid: OrderID, result: '1' }
      default:
        return { orderid: OrderID, result: '1' }
    }
  }

  const report = (method: string, { id, messageId, address }: Order, data: { readonly [name: string]: string | Data }) => {
    const number = outbox.length + 1
    const uuid = `258a2184-2842-b485-25ca-${String(number).padStart(12, '0')}`
    const whole = { notificationid: String(7_000_000_000 + number), messageid: messageId, orderid: id, ...data }
    let first: string | null = null
    outbox.push({
      address,
      contentType: 'application/json; charset=utf-8',
      body: signedNotification(method, uuid, whole),
      accepts: (status, body) => {
        if (status !== 200) return false
        const acknowledged = (JSON.parse(body) as { result: { data: { status: string } } }).result.data.status
        if (first !== null && first !== acknowledged) complaints.push(`${method} was answered ${first}, and then ${acknowledged}`)
        first = acknowledged
        return true
      },
    })
  }
  const timed = () => ({ timestamp: `${now().toISOString().slice(0, -1).replace('T', ' ')}+00`, enduserid: 'customer-1' })
  const money = (method: string, order: Order, amount: string, currency = 'SEK') =>
    report(method, order, { ...timed(), amount, currency, attributes: {} })
  const book = (type: Booked['type'], of: string, amount: string, more: { currency?: string; refund?: string } = {}) => {
    const { currency = 'SEK', refund } = more
    books.push({ type, of, money: `${amount} ${currency}`, ...(refund !== undefined && { refund }) })
  }

  /** "Deny: cancel and credit notifications." */
  function deny(id: string): void {
    const order = orders.find((one) => one.id === id) as Order
    book('payout.failed', order.messageId, '100.00')
    report('cancel', order, timed())
    money('credit', order, '100.00')
  }

  const happen = (happening: Happening): void => {
    const { of } = happening
    const order = orderOf(of)
    switch (happening.what) {
      case 'approved':
        return money('pending', order, '100.00')
      case 'ended':
        return report('cancel', order, timed())
      case 'credited': {
        const { amount, currency } = happening
        rows.push({ at: now().toISOString(), order, amount, currency })
        book('deposit.credited', of, amount, { currency })
        return money('credit', order, amount, currency)
      }
      case 'reversed':
        book('deposit.reversed', of, happening.amount)
        return money('debit', order, happening.amount)
      case 'refund sent':
        book('refund.confirmed', of, happening.amount, { refund: happening.refund })
        return money('payoutconfirmation', order, happening.amount)
      case 'refund back':
        book('refund.failed', of, happening.amount, { refund: happening.refund })
        for (const method of happening.as) money(method, order, happening.amount)
        return
      case 'payout sent':
        book('payout.confirmed', of, happening.amount)
        return money('payoutconfirmation', order, happening.amount)
      case 'payout back':
        book('payout.failed', of, happening.amount)
        for (const method of happening.as)
          if (method === 'cancel') report('cancel', order, timed())
          else money(method, order, happening.amount)
        return
      case 'requested':
        book('withdrawal.requested', of, happening.amount)
        return money('debit', order, happening.amount)
      case 'account': {
        const { account, mandate } = happening
        return report('account', order, {
          accountid: account,
          verified: '1',
          attributes: mandate === null ? {} : { directdebitmandate: mandate },
        })
      }
      case 'identified':
        return report('kyc', order, { kycentityid: '1', attributes: { personid: 'SE19790131', firstname: 'Åsa' } })
      case 'something new':
        return report('payoutdowngraded', order, timed())
      case 'stranger': {
        const foreignOrder = { ...order, id: String(8_000_000_001 + outbox.length), address: order.address.replace(/\/[^/]*$/, '') }
        return money('credit', foreignOrder, happening.amount)
      }
      default:
        return happening satisfies never
    }
  }

  return {
    transport,
    outbox,
    books,
    complaints,
    happen,
    beginElsewhere: (reference, _amount, address) => {
      open(reference, address)
    },
    idOf: (reference) => orderOf(reference).id,
  }
}

const toLedgerLine = ({ at, order, amount, currency }: Row): Data => ({
  datestamp: `${at.slice(0, -1).replace('T', ' ')}+00`,
  amount: `${amount}000000000000000000`,
  currency,
  accountname: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_ESSE',
  transactiontype: 'User deposit of client funds to CLIENT_FUNDS_SWEDEN_ESSE',
  orderid: order.id,
  messageid: order.messageId,
  userid: '1',
  gluepayid: '1',
})
