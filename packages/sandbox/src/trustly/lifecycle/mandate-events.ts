import { accountsAt, banksByCountry } from '../../checkout/banks.ts'
import type { Notifier, Overrides } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccount, type BankAccounts } from '../state/bank-accounts.ts'
import type { Ledger } from '../state/ledger.ts'
import { toId } from '../state/merchant.ts'
import type { Order } from '../state/order.ts'
import { schemeOf } from '../state/schemes.ts'
import { invalidState, type MoneyIn, requireState } from './money-in.ts'

/** A managed mandate until it is cancelled. Each event gives its notification's id and throws if the mandate's state does
 *  not allow it. */
export interface MandateEvents {
  /** The customer signs: `account` without a mandate, or `cancel` if the end user has a mandate for the bank account. */
  readonly sign: (order: Order, bankAccount: BankAccount, source: Source) => string
  /** The scheme has registered it: `account` with a mandate. */
  readonly activate: (order: Order) => string
  /** The customer moves to another bank, which only BACS reports: `account` for the old account and for the new one. */
  readonly move: (order: Order) => readonly string[]
}

/** How the vendor learned the bank account. */
type Source = 'AIS' | 'ACCOUNT_ID' | 'REGISTRATION_SCHEME'

interface Dependencies {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly notifier: Notifier
  readonly moneyIn: Pick<MoneyIn, 'cancel'>
}

export const createMandateEvents = ({ ledger, bankAccounts, notifier, moneyIn }: Dependencies): MandateEvents => {
  const setAccount = (order: Order, bankAccount: BankAccount): void => {
    order.bankAccount = bankAccounts.store(order.account, bankAccount)
    ledger.mandates.add(order)
  }
  const notify = (order: Order, given: '0' | '1', source: Source): string =>
    notifier.notify(order, 'account', accountMembers(order, given, source))
  return {
    sign: (order, bankAccount, source) => {
      requireState(order, 'created')
      const { accountId } = bankAccount
      // The invented accounts of a bank are the same for all customers.
      const { endUserId } = order.terms
      const existing = ledger.mandates.active(order.account, { accountId, endUserId })
      setAccount(order, bankAccount)
      if (existing) return moneyIn.cancel(order, { reason: 'MANDATE_ALREADY_EXISTS' })
      order.state = 'pending'
      return notify(order, '0', source)
    },
    activate: (order) => {
      requireState(order, 'pending')
      order.state = 'active'
      return notify(order, '1', 'REGISTRATION_SCHEME')
    },
    move: (order) => {
      requireState(order, 'active')
      if (schemeOf(order.terms.country).name !== 'BACS') throw invalidState(order, 'is not in BACS and cannot move')
      const left = notify(order, '0', 'REGISTRATION_SCHEME')
      setAccount(order, accountElsewhere(order))
      return [left, notify(order, '1', 'REGISTRATION_SCHEME')]
    },
  }
}

/** The first account at the country's next bank. */
const accountElsewhere = ({ bankAccount, terms: { country } }: Order): BankAccount => {
  const banks = banksByCountry.get(country) ?? []
  const bank = banks[(banks.indexOf(bankAccount?.bank ?? '') + 1) % banks.length] ?? ''
  return accountOfCheckout(country, bank, accountsAt(bank)[0]?.lastDigits ?? '')
}

/** `accountholders` is a list. The bank codes are invented.
 *  @see https://docs.trustly.com/api/mdd-mandate-notifications */
const accountMembers = ({ bankAccount, terms }: Order, given: '0' | '1', source: Source): Overrides => {
  if (!bankAccount) return {}
  const { accountId, clearingHouse, bank, descriptor, lastDigits } = bankAccount
  return {
    enduserid: undefined,
    timestamp: undefined,
    accountid: accountId,
    verified: '1',
    attributes: {
      clearinghouse: clearingHouse,
      bank,
      descriptor,
      lastdigits: lastDigits,
      directdebitmandate: given,
      country: terms.country,
      bankcode: toId(bank).slice(0, 6),
      bankidentifier: toId(bank).slice(0, 6),
      accountname: terms.holder,
      accountholders: terms.holder === '' ? [] : [terms.holder],
      accountnumber: descriptor,
      accountsource: source,
    },
  }
}
