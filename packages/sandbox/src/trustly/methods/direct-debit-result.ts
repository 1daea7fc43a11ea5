import type { Account } from '../state/merchant.ts'

type Outcome = { readonly orderId: string } | { readonly rejected: string; readonly remark?: string }

/** The response of managed direct debit. "A rejection is a successful, signed result", and an accepted call has an empty
 *  `rejected` in the published examples. The orderid of a rejection is not published: it is null, as in Charge. */
export const directDebitResult = ({ switches }: Account, outcome: Outcome) => {
  if ('orderId' in outcome)
    return { data: { orderid: outcome.orderId, result: '1', rejected: switches.nullMembers ? null : '' } }
  const { rejected, remark = rejected } = outcome
  return { data: { orderid: null, result: '0', rejected }, remark }
}
