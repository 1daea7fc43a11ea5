import { accountsAt, banksByCountry } from '../../checkout/banks.ts'
import { useAccount } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccount, type BankAccounts } from '../state/bank-accounts.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Order } from '../state/order.ts'
import type { MandateEvents } from './mandate-events.ts'
import { type MoneyIn, requireState } from './money-in.ts'
import type { Withdrawals } from './withdrawals.ts'

interface Dependencies {
  readonly ledger: Ledger
  readonly mandates: MandateEvents
  readonly bankAccounts: BankAccounts
  readonly moneyIn: MoneyIn
  readonly notifier: Notifier
  readonly withdrawals: Withdrawals
}

/** A customer who does not use the checkout pages. */
export interface Customer {
  /** Pays, requests a withdrawal, selects an account, or signs a mandate (`pending`), which the bank then activates
   *  (`credit`): always the first account at the country's first bank. Gives the notifications' ids. */
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
    if (order.kind === 'mandate') return signWithoutPage(dependencies, order, events)
    if (hasLostMandate(dependencies, order)) return [moneyIn.cancel(order, { reason: 'ERROR_MANDATE_INVALID' })]
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

const signWithoutPage = (
  { mandates }: Dependencies,
  order: Order,
  events: ReadonlyArray<'pending' | 'credit'>,
): readonly string[] => {
  const { page, bankAccount, state } = order
  const isKnown = bankAccount !== undefined
  const signed = isKnown ? bankAccount : firstAccount(page?.country ?? order.terms.country)
  const ids = state === 'created' && signed ? [mandates.sign(order, signed, isKnown ? 'ACCOUNT_ID' : 'AIS')] : []
  // The customer has a mandate already.
  if (order.state === 'cancelled' && state === 'created') return ids
  return events.includes('credit') ? [...ids, mandates.activate(order)] : ids
}

const hasLostMandate = ({ ledger }: Dependencies, { kind, mandateId = '', state }: Order): boolean => {
  if (kind !== 'direct debit' || (state !== 'created' && state !== 'pending')) return false
  const mandate = ledger.find(mandateId)
  return mandate !== undefined && mandate.state !== 'active'
}

const chooseAccount = (dependencies: Dependencies, order: Order): readonly string[] => {
  const { page, terms } = order
  if (!page || order.bankAccount) return []
  const bankAccount = firstAccount(page.country)
  const id = bankAccount && useAccount(dependencies, order, { bankAccount, mandate: terms.asksMandate })
  return id ? [id] : []
}

const firstAccount = (country: string): BankAccount | undefined => {
  const [bank = ''] = banksByCountry.get(country) ?? []
  const [account] = accountsAt(bank)
  return account && accountOfCheckout(country, bank, account.lastDigits)
}
