import { accountOfNumbers } from '../state/bank-accounts.ts'
import type { Command, Method, MethodContext } from './method.ts'

/** Stores a bank account by its numbers. The same numbers give the same AccountID.
 *  @see https://docs.trustly.com/api/registeraccount */
export const registerAccount: Method = (command, context) => {
  const { accountId, clearingHouse, bank, descriptor } = storeAccount(command, context)
  return { data: { accountid: accountId, clearinghouse: clearingHouse, bank, descriptor } }
}

export const storeAccount = ({ account, fields: { data } }: Command, { bankAccounts }: MethodContext) =>
  bankAccounts.store(
    account,
    accountOfNumbers({
      clearingHouse: data('ClearingHouse'),
      bankNumber: data('BankNumber'),
      accountNumber: data('AccountNumber'),
    }),
  )
