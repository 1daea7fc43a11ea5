import { accountsAt } from '../../checkout/accounts.ts'
import { banksByCountry } from '../../checkout/banks.ts'
import { takeAccount } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccounts } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { demand, type LifeCycle } from './money-in.ts'
import type { Withdrawals } from './withdrawals.ts'

type Setting = {
  readonly bankAccounts: BankAccounts
  readonly lifeCycle: LifeCycle
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

export const createCustomer = (setting: Setting): Customer => ({
  complete: (order, news, amount) => {
    const { lifeCycle, withdrawals } = setting
    if (order.kind === 'selection') return choose(setting, order)
    const paid = amount ?? order.paid ?? order.terms.amount
    if (paid === undefined) throw new Error(`Order ${order.orderId} leaves the amount to the customer: say which.`)
    if (order.kind === 'withdrawal') {
      demand(order, 'created')
      return [...introduce(setting, order), withdrawals.ask(order, paid)]
    }
    if (news.includes('credit')) demand(order, 'created', 'pending')
    const happen = { pending: lifeCycle.pend, credit: lifeCycle.credit }
    return [...introduce(setting, order), ...news.map((one) => happen[one](order, paid))]
  },
})

const choose = (setting: Setting, order: Order): readonly string[] => {
  demand(order, 'created')
  order.state = 'chosen'
  return introduce(setting, order)
}

const introduce = (setting: Setting, order: Order): readonly string[] => {
  const { page, terms } = order
  const [bank = ''] = banksByCountry.get(page?.country ?? '') ?? []
  const [account] = accountsAt(bank)
  if (!page || order.bankAccount || !account) return []
  const bankAccount = accountOfCheckout(page.country, bank, account.lastDigits)
  const id = takeAccount(setting, order, { bankAccount, mandate: terms.asksMandate })
  return id === null ? [] : [id]
}
