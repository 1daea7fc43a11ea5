import {
  conflict,
  type Either,
  left,
  notFound,
  type OperationCall,
  type PaymentError,
  receivedAccountOf,
  right,
} from '@railswitch/core/provider'
import { interpret } from '../interpret/interpret.ts'

/**
 * The account that a payout goes to. Left if several were reported for that payment: they carry no time, and the customer may have
 * switched banks. A repeated call must be identical whatever was reported since, so it goes to the account that was reported first.
 */
export const accountToPay = (call: OperationCall): Either<PaymentError, string> => {
  const [first, ...others] = accountsOf(call)
  if (first === undefined) return left(accountUnknown())
  return others.length > 0 && !call.resumed ? left(severalAccounts()) : right(first)
}

export const accountsOf = ({ intent, source }: OperationCall): readonly string[] => [
  ...new Set(
    source?.reports.flatMap(({ intent: about, method, members }) =>
      about === intent.account && method === 'account' ? (members.accountid ?? []) : [],
    ),
  ),
]

/** The account of that payment that may be charged now, or null. */
export const chargeableAccountOf = ({ intent, source }: OperationCall): string | null => {
  if (!source || !intent.account) return null
  const account = receivedAccountOf(interpret(source), intent.account)
  return account?.mandate === 'active' ? account.account : null
}

export const noChargeableAccount = (call: OperationCall): PaymentError =>
  accountsOf(call).length === 0 ? accountUnknown() : noMandate()

const severalAccounts = (): PaymentError =>
  conflict({
    retry: 'same_attempt',
    message:
      'Trustly has reported several accounts of that payment, and does not say which one the customer chose last.',
    hint: 'Ask the customer with account(), or give bank details as `to.account`.',
  })

const noMandate = (): PaymentError =>
  conflict({
    retry: 'same_attempt',
    message:
      'The account has no active mandate: it was not given, it was revoked or moved, or its reports are unclear.',
    hint: 'Check getAccount(): if its mandate is not `active`, ask the customer for a new one.',
  })

export const accountUnknown = (): PaymentError =>
  notFound({
    retry: 'same_attempt',
    message: 'Trustly has not reported the account of that payment.',
    hint: 'Trustly enables `account` notifications on request; until then, a payout can go to bank details as `to.account`.',
  })
