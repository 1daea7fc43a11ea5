import { checkParameters } from '../parameters/check-parameters.ts'
import type { JsonObject } from '../signing/raw-json.ts'
import type { Hash } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import type { JsonData } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import type { Command, MethodContext } from './method.ts'
import { methods } from './methods.ts'

/** A call of an authenticated merchant. */
interface AuthenticatedCall {
  readonly account: Account
  readonly method: string
  readonly data: JsonObject
  readonly hash: Hash
}

/** The data of the response, and mistakes that the vendor ignores without notice. */
interface Executed {
  readonly command: Command
  readonly data: JsonData | readonly JsonData[]
  readonly remarks: readonly string[]
}

/** Checks the parameters and the MessageID, and then executes the method. */
export const executeMethod = (
  context: MethodContext,
  { account, method, data, hash }: AuthenticatedCall,
): Executed | Refusal => {
  const checked = checkParameters(method, data, account.switches)
  if ('error' in checked) return checked
  const command = { account, fields: checked.fields, hash }
  const outcome = checkOrder(command, context) ?? methods.get(method)?.(command, context)
  if (!outcome) return { error: 'ERROR_INVALID_FUNCTION' }
  if ('error' in outcome) return outcome
  const remarks = [...checked.remarks, outcome.remark].filter((one) => one !== undefined)
  return { command, data: outcome.data, remarks }
}

/** A MessageID is unique among the merchant's orders, whatever the method and the state of the earlier order. */
const checkOrder = ({ account, fields: { data } }: Command, { ledger }: MethodContext): Refusal | undefined => {
  if (data('MessageID') !== '' && ledger.hasMessage(account, data('MessageID')))
    return { error: 'ERROR_DUPLICATE_MESSAGE_ID' }
  if (account.switches.blockedEndUsers.includes(data('EndUserID'))) return { error: 'ERROR_ENDUSER_IS_BLOCKED' }
  return undefined
}
