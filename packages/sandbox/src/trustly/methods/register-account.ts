import { accountOfNumbers } from '../state/bank-accounts.ts'
import type { Command, Operation, Vendor } from './method.ts'

/** Stores a bank account by its numbers. The same numbers give the same AccountID.
 *  @see https://docs.trustly.com/api/registeraccount */
export const registerAccount: Operation = (command, vendor) => {
  const { accountId, clearingHouse, bank, descriptor } = keepAccount(command, vendor)
  return { data: { accountid: accountId, clearinghouse: clearingHouse, bank, descriptor } }
}

export const keepAccount = ({ account, fields: { data } }: Command, { bankAccounts }: Vendor) =>
  bankAccounts.keep(
    account,
    accountOfNumbers({
      clearingHouse: data('ClearingHouse'),
      bankNumber: data('BankNumber'),
      accountNumber: data('AccountNumber'),
    }),
  )
