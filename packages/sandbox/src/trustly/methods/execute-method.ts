import { checkParameters } from '../parameters/check-parameters.ts'
import type { JsonObject } from '../signing/raw-json.ts'
import type { Hash } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import type { JsonData } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import type { Command, MethodContext } from './method.ts'
import { methods } from './methods.ts'

/** A call whose merchant is known. */
type Genuine = {
  readonly account: Account
  readonly method: string
  readonly data: JsonObject
  readonly hash: Hash
}

/** The data of the answer, and what the context would have ignored in silence. */
type CarriedOut = {
  readonly command: Command
  readonly data: JsonData | readonly JsonData[]
  readonly remarks: readonly string[]
}

/** Checks parameters, then MessageID, and then does what the method does. */
export const carryOut = (context: MethodContext, { account, method, data, hash }: Genuine): CarriedOut | Refusal => {
  const checked = checkParameters(method, data, account.switches)
  if ('error' in checked) return checked
  const command = { account, fields: checked.fields, hash }
  const outcome = unfit(command, context) ?? methods.get(method)?.(command, context)
  if (!outcome) return { error: 'ERROR_INVALID_FUNCTION' }
  if ('error' in outcome) return outcome
  const remarks = [...checked.remarks, outcome.remark].filter((one) => one !== undefined)
  return { command, data: outcome.data, remarks }
}

/** One MessageID per order of the merchant, whatever the method and whatever happened to that order. */
const unfit = ({ account, fields: { data } }: Command, { ledger }: MethodContext): Refusal | undefined => {
  if (data('MessageID') !== '' && ledger.hasMessage(account, data('MessageID')))
    return { error: 'ERROR_DUPLICATE_MESSAGE_ID' }
  if (account.switches.blockedEndUsers.includes(data('EndUserID'))) return { error: 'ERROR_ENDUSER_IS_BLOCKED' }
  return undefined
}
