import type { TrustlyError } from '../error-codes.ts'
import { isJsonObject, type JsonObject } from '../wire/json-text.ts'

/** The part of a request that tells whether it can move money. */
export interface SentRequest {
  readonly method: string
  readonly data: JsonObject
}

/** Read only: nothing can have happened. */
const reading = ['AccountLedger', 'Balance', 'GetWithdrawals', 'ViewAutomaticSettlementDetailsCSV']

/**
 * These create an order that does nothing until its customer opens the `url` of the response. An error has no `url`: if the
 * order exists nevertheless, nobody can open it, and Trustly cancels it after a while. So a new attempt is safe, and the
 * customer need not wait for a person. Money of a withdrawal is asked for by `debit` besides, and sent after ApproveWithdrawal.
 */
const openingPage = ['Deposit', 'Withdraw', 'SelectAccount', 'DirectDebitMandate']

const harmless: ReadonlySet<string> = new Set([...reading, ...openingPage])

/** Whether money cannot move by this request alone. A one-click deposit charges a stored account, perhaps without the page. */
export const isHarmless = ({ method, data: { Attributes = null } }: SentRequest): boolean =>
  harmless.has(method) && !(isJsonObject(Attributes) && Object.hasOwn(Attributes, 'ChargeAccountID'))

/** An error that nobody published does not say that nothing was done: of a request that moves money, the outcome is unknown. */
export const unpublishedError = (name: string, isHarmlessRequest: boolean): TrustlyError => ({
  name,
  class: 'unknown',
  code: 'vendor_error',
  effect: isHarmlessRequest ? 'refused' : 'may_have_happened',
  again: isHarmlessRequest ? 'next_attempt' : 'after_lookup',
  hint: isHarmlessRequest
    ? 'This error is not in the published table: ask Trustly what it means.'
    : 'This error is not in the published table, so it does not prove that nothing was done: look into the back office before trying again, and ask Trustly what it means.',
  afterLostAnswer: 'after_lookup',
})
