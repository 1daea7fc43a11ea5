import type { BankAccount, BankAccounts } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import type { Notifier, Overrides } from './notifier.ts'

/** The reason in a kyc notification why a customer is rejected. */
export type KycAbort = 'unverified' | 'underage'

interface Dependencies {
  readonly bankAccounts: BankAccounts
  readonly notifier: Notifier
}

/** Records the bank account that the customer uses. The merchant knows it from now on, and is notified if account
 *  notifications are switched on. Gives the notification's id.
 *  @see https://docs.trustly.com/api/account-notification */
export const useAccount = (
  { bankAccounts, notifier }: Dependencies,
  order: Order,
  { bankAccount, mandate }: { readonly bankAccount: BankAccount; readonly mandate: boolean },
): string | null => {
  const { account, terms } = order
  const { accountId, clearingHouse, bank, descriptor, lastDigits } = bankAccounts.store(account, bankAccount)
  order.bankAccount = bankAccount
  if (mandate) bankAccounts.grantMandate(account, bankAccount)
  if (!account.switches.account) return null
  return notifier.notify(order, 'account', {
    ...withoutTimestamp,
    accountid: accountId,
    verified: '1',
    attributes: {
      clearinghouse: clearingHouse,
      bank,
      descriptor,
      lastdigits: lastDigits,
      ...(account.switches.leanKyc && ownerOf(order)),
      ...(terms.asksMandate && { directdebitmandate: mandate ? '1' : '0' }),
    },
  })
}

/** Asks the merchant whether the customer may continue. Gives the notification's id; `onAnswer` is called after the
 *  order has the answer.
 *  @see https://docs.trustly.com/api/kyc-notification */
export const notifyKyc = (
  notifier: Notifier,
  order: Order,
  { abort, onAnswer = () => {} }: KycOptions = {},
): string => {
  order.kyc = 'requested'
  const { personid, zipcode, city } = ownerOf(order)
  const [firstname = '', ...others] = order.terms.holder.split(' ')
  const person = { personid, firstname, lastname: others.join(' '), dob: '1982-01-01', street: 'Examplestreet 1' }
  const home = { zipcode, city, country: order.terms.country }
  const attributes = abort ? { abort: '1', abortmessage: abort } : { ...person, ...home }
  const data = { ...withoutTimestamp, kycentityid: kycEntityId, attributes }
  return notifier.notify(order, 'kyc', data, (answer) => {
    order.kyc = answer
    onAnswer()
  })
}

interface KycOptions {
  readonly abort?: KycAbort
  readonly onAnswer?: () => void
}

const withoutTimestamp: Overrides = { enduserid: undefined, timestamp: undefined }

// "May change for the same person".
const kycEntityId = '29a750aa-0bad-4a28-a42d-ffb9a690d93a'

/** An invented person with the name that the merchant gave. Only three countries have a personid. */
const ownerOf = ({ terms: { holder, country } }: Order) => ({
  personid: personIds.get(country) ?? '',
  name: holder,
  address: 'Examplestreet 1',
  zipcode: '12345',
  city: 'Examplecity',
})

const personIds = new Map([
  ['SE', 'SE198201019876'],
  ['FI', 'FI010182-987U'],
  ['EE', 'EE38201019876'],
])
