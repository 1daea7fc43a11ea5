import { accountsAt, banksByCountry } from '../../checkout/banks.ts'
import { recordAccount } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccounts } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { type MoneyIn, requireState } from './money-in.ts'
import type { Withdrawals } from './withdrawals.ts'

type Dependencies = {
  readonly bankAccounts: BankAccounts
  readonly moneyIn: MoneyIn
  readonly notifier: Notifier
  readonly withdrawals: Withdrawals
}

/** A customer who goes through no pages. */
export type Customer = {
  /** Pays, asks for a withdrawal, or chooses an account: always the first one at the country's first bank. Gives the
   *  notifications' ids. */
  readonly complete: (
    order: Order,
    news: ReadonlyArray<'pending' | 'credit'>,
    amount: bigint | undefined,
  ) => readonly string[]
}

export const createCustomer = (dependencies: Dependencies): Customer => ({
  complete: (order, news, amount) => {
    const { moneyIn, withdrawals } = dependencies
    if (order.kind === 'selection') return choose(dependencies, order)
    const paid = amount ?? order.paid ?? order.terms.amount
    if (paid === undefined) throw new Error(`Order ${order.orderId} leaves the amount to the customer: say which.`)
    if (order.kind === 'withdrawal') {
      requireState(order, 'created')
      return [...introduce(dependencies, order), withdrawals.ask(order, paid)]
    }
    if (news.includes('credit')) requireState(order, 'created', 'pending')
    const happen = { pending: moneyIn.pend, credit: moneyIn.credit }
    return [...introduce(dependencies, order), ...news.map((one) => happen[one](order, paid))]
  },
})

const choose = (dependencies: Dependencies, order: Order): readonly string[] => {
  requireState(order, 'created')
  order.state = 'chosen'
  return introduce(dependencies, order)
}

const introduce = (dependencies: Dependencies, order: Order): readonly string[] => {
  const { page, terms } = order
  const [bank = ''] = banksByCountry.get(page?.country ?? '') ?? []
  const [account] = accountsAt(bank)
  if (!page || order.bankAccount || !account) return []
  const bankAccount = accountOfCheckout(page.country, bank, account.lastDigits)
  const id = recordAccount(dependencies, order, { bankAccount, mandate: terms.asksMandate })
  return id === null ? [] : [id]
}
