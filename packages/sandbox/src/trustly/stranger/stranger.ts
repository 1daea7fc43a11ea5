import { orderIn } from '../lifecycle/simulated-events.ts'
import { executeMethod } from '../methods/execute-method.ts'
import type { MethodContext } from '../methods/method.ts'
import { type JsonObject, parseJson } from '../signing/raw-json.ts'
import type { TrustlyMerchant } from '../state/merchant.ts'
import type { TrustlyMerchantAdmin } from '../state/merchant-admin.ts'
import type { Order } from '../state/order.ts'
import type { JsonData } from '../wire/envelope.ts'
import { formatAmount } from '../wire/formats.ts'
import { type OrderChanges, openOrderCopy } from './order-copy.ts'
import type { StrangerAccount } from './stranger-account.ts'
import { defaultOrder, strangerBankAccount, type TrustlyStrangerOrder, toStrangerData } from './stranger-order.ts'

/** Another merchant, whose orders may have your MessageID and your callback address. Trustly signs its notifications with
 *  the same key as yours. Over HTTP it is a merchant like any other. These functions take effect immediately and are not
 *  in `requests`; all throw with Trustly's error where a call would be refused. */
export interface TrustlyStranger extends TrustlyMerchant {
  /** Places an order and gives its id for `complete`, `debit`, `failPayout` and the other events. The stranger has the
   *  money for its payouts and a mandate for its charges. */
  readonly order: (order: TrustlyStrangerOrder) => string
  /** Places a copy of one of your orders, with its kind, MessageID, address, end user and money except for the changes. */
  readonly imitate: (orderId: string, changes?: OrderChanges) => string
  /** Makes any call as the stranger and gives the data of the response:
   *  `call('Refund', { OrderID, Amount: '1.00', Currency: 'SEK' })`. */
  readonly call: (method: string, data?: JsonData) => JsonData | readonly JsonData[]
}

interface Dependencies {
  readonly context: MethodContext
  readonly stranger: StrangerAccount
  readonly merchantAdmin: Pick<TrustlyMerchantAdmin, 'fund'>
}

export const createStranger = ({ context, stranger, merchantAdmin }: Dependencies): TrustlyStranger => {
  const { account, credentials } = stranger
  const call: TrustlyStranger['call'] = (method, data = {}) => {
    const outcome = executeMethod(context, { account, method, data: toNode(data), hash: 'SHA1' })
    if ('error' in outcome) throw refusal(outcome.error, outcome.hint)
    return outcome.data
  }
  const accountFor = (method: string): string => {
    if (method !== 'AccountPayout' && method !== 'Charge') return ''
    const accountId = textIn(call('RegisterAccount', strangerBankAccount), 'accountid')
    const bankAccount = context.bankAccounts.find(account, accountId)
    if (bankAccount) context.bankAccounts.grantMandate(account, bankAccount)
    return accountId
  }
  const payOut = (order: Order): void => {
    const { amount = 0n, currency, externalReference } = order.terms
    merchantAdmin.fund(formatAmount(amount, currency), currency, account.username)
    context.moneyOut.send(order, amount, { externalReference })
  }
  return {
    username: credentials.username,
    password: credentials.password,
    get publicKey() {
      return credentials.publicKey
    },
    get privateKey() {
      return credentials.privateKey
    },
    call,
    order: (order) => {
      const { method, amount, currency } = { ...defaultOrder, ...order }
      const data = toStrangerData(order, accountFor(method))
      if (method.endsWith('Payout')) merchantAdmin.fund(amount, currency, account.username)
      return textIn(call(method, data), 'orderid')
    },
    imitate: (orderId, changes = {}) => {
      const order = orderIn(context.ledger, orderId)
      const { messageId } = { ...order.terms, ...changes }
      if (context.ledger.hasMessage(account, messageId)) throw refusal('ERROR_DUPLICATE_MESSAGE_ID')
      const copy = openOrderCopy({ ...context, account }, order, changes)
      if (copy.state === 'accepted') payOut(copy)
      return copy.orderId
    },
  }
}

const refusal = (error: string, hint?: string) => new Error(hint === undefined ? error : `${error}: ${hint}`)

const toNode = (data: JsonData): JsonObject => {
  const node = parseJson(JSON.stringify(data))
  if (node.kind !== 'object') throw new Error('The data of a call is an object.')
  return node
}

const textIn = (answer: JsonData | readonly JsonData[], name: string): string =>
  name in answer ? String((answer as JsonData)[name]) : ''
