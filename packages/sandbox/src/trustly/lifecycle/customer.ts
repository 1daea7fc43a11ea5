import { accountsAt, banksByCountry } from '../../checkout/banks.ts'
import { useAccount } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccounts } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import { type MoneyIn, requireState } from './money-in.ts'
import type { Withdrawals } from './withdrawals.ts'

interface Dependencies {
  readonly bankAccounts: BankAccounts
  readonly moneyIn: MoneyIn
  readonly notifier: Notifier
  readonly withdrawals: Withdrawals
}

/** A customer who does not use the checkout pages. */
export interface Customer {
  /** Pays, requests a withdrawal, or selects an account: always the first account at the country's first bank. Gives
   *  the notifications' ids. */
  readonly complete: (
    order: Order,
    events: ReadonlyArray<'pending' | 'credit'>,
    amount: bigint | undefined,
  ) => readonly string[]
}

export const createCustomer = (dependencies: Dependencies): Customer => ({
  complete: (order, events, amount) => {
    const { moneyIn, withdrawals } = dependencies
    if (order.kind === 'selection') return select(dependencies, order)
    const paid = amount ?? order.paid ?? order.terms.amount
    if (paid === undefined) throw new Error(`Order ${order.orderId} leaves the amount to the customer: give an amount.`)
    if (order.kind === 'withdrawal') {
      requireState(order, 'created')
      return [...chooseAccount(dependencies, order), withdrawals.request(order, paid)]
    }
    if (events.includes('credit')) requireState(order, 'created', 'pending')
    const simulate = { pending: moneyIn.pend, credit: moneyIn.credit }
    return [...chooseAccount(dependencies, order), ...events.map((one) => simulate[one](order, paid))]
  },
})

const select = (dependencies: Dependencies, order: Order): readonly string[] => {
  requireState(order, 'created')
  order.state = 'chosen'
  return chooseAccount(dependencies, order)
}

const chooseAccount = (dependencies: Dependencies, order: Order): readonly string[] => {
  const { page, terms } = order
  const [bank = ''] = banksByCountry.get(page?.country ?? '') ?? []
  const [account] = accountsAt(bank)
  if (!page || order.bankAccount || !account) return []
  const bankAccount = accountOfCheckout(page.country, bank, account.lastDigits)
  const id = useAccount(dependencies, order, { bankAccount, mandate: terms.asksMandate })
  return id === null ? [] : [id]
}
