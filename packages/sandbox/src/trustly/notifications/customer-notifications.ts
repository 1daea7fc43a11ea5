import type { BankAccount, BankAccounts } from '../state/bank-accounts.ts'
import type { Order } from '../state/order.ts'
import type { Notifier, Overrides } from './notifier.ts'

/** Why a customer may not go on: a kyc notification says so. */
export type KycAbort = 'unverified' | 'underage'

type Source = { readonly bankAccounts: BankAccounts; readonly notifier: Notifier }

/** The customer pays from this account, or is paid to it: the merchant knows it from now on, and is told if account
 *  notifications are switched on. Gives the notification's id.
 *  @see https://docs.trustly.com/api/account-notification */
export const recordAccount = (
  { bankAccounts, notifier }: Source,
  order: Order,
  { bankAccount, mandate }: { readonly bankAccount: BankAccount; readonly mandate: boolean },
): string | null => {
  const { account, terms } = order
  const { accountId, clearingHouse, bank, descriptor, lastDigits } = bankAccounts.keep(account, bankAccount)
  order.bankAccount = bankAccount
  if (mandate) bankAccounts.grantMandate(account, bankAccount)
  if (!account.switches.account) return null
  return notifier.notify(order, 'account', {
    ...withoutMoment,
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

/** Asks the merchant whether this customer may go on. Gives the notification's id; `onAnswer` comes after the order
 *  knows the answer.
 *  @see https://docs.trustly.com/api/kyc-notification */
export const notifyKyc = (notifier: Notifier, order: Order, { abort, onAnswer = () => {} }: Asking = {}): string => {
  order.kyc = 'asked'
  const { personid, zipcode, city } = ownerOf(order)
  const [firstname = '', ...others] = order.terms.holder.split(' ')
  const person = { personid, firstname, lastname: others.join(' '), dob: '1982-01-01', street: 'Examplestreet 1' }
  const home = { zipcode, city, country: order.terms.country }
  const attributes = abort ? { abort: '1', abortmessage: abort } : { ...person, ...home }
  const data = { ...withoutMoment, kycentityid: kycEntityId, attributes }
  return notifier.notify(order, 'kyc', data, (answer) => {
    order.kyc = answer
    onAnswer()
  })
}

type Asking = { readonly abort?: KycAbort; readonly onAnswer?: () => void }

const withoutMoment: Overrides = { enduserid: undefined, timestamp: undefined }

// "May change for the same person": nothing rests on it.
const kycEntityId = '29a750aa-0bad-4a28-a42d-ffb9a690d93a'

/** An invented person by the name that the merchant gave. Only these three countries have a personid. */
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
