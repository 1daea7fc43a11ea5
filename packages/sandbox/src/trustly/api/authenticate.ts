import { methods, unservedMethods } from '../methods/methods.ts'
import { type CanonicalRules, vendorRules } from '../signing/canonical-form.ts'
import { findMistake } from '../signing/explain-signature.ts'
import type { Signatures } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import type { Call } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import { readScalar } from '../wire/fields.ts'

/** The merchant who made the call. The remark names a mistake that the merchant's switches tolerate. */
interface Authenticated {
  readonly account: Account
  readonly remark?: string
}

interface Dependencies {
  readonly accounts: ReadonlyMap<string, Account>
  readonly verify: Signatures['verify']
}

/** Checks method, credentials, public key, signature, caller's address and access, in this order. The vendor's own
 *  order is not published. The earlier UUIDs only serve to name the mistake in a wrong signature. */
export const authenticate = (
  { accounts, verify }: Dependencies,
  call: Call,
  earlierUuids: readonly string[],
): Authenticated | Refusal => {
  if (!methods.has(call.method) && !unservedMethods.has(call.method)) return { error: 'ERROR_INVALID_FUNCTION' }
  const account = accounts.get(readScalar(call.data, 'Username').text ?? '')
  if (!account || readScalar(call.data, 'Password').text !== account.password) {
    return { error: 'ERROR_INVALID_CREDENTIALS' }
  }
  if (!account.publicKey) return { error: 'ERROR_NO_PUBLIC_KEY' }
  const signed = checkSignature(account, { call, earlierUuids, verify })
  if ('error' in signed) return signed
  if (account.switches.hostDenied) return { error: 'ERROR_HOST_ACCESS_DENIED' }
  if (account.switches.disabled) return { error: 'ERROR_DISABLED_USER' }
  if (account.switches.deniedMethods.includes(call.method)) return { error: 'ERROR_FUNCTION_ACCESS_DENIED' }
  if (methods.has(call.method)) return signed
  return { error: 'ERROR_FUNCTION_ACCESS_DENIED', hint: 'the sandbox does not serve this method' }
}

const tolerated: readonly CanonicalRules[] = [
  { ...vendorRules, nulls: 'dropped' },
  { ...vendorRules, order: 'locale' },
]

interface SignedCall extends Pick<Dependencies, 'verify'> {
  readonly call: Call
  readonly earlierUuids: readonly string[]
}

const checkSignature = (account: Account, { call, earlierUuids, verify }: SignedCall): Authenticated | Refusal => {
  const { publicKey } = account
  if (!publicKey) return { error: 'ERROR_NO_PUBLIC_KEY' }
  if (verify(call, call.signature, publicKey)) return { account }
  const { reason: hint, signed } = findMistake(call, call.signature, publicKey, earlierUuids)
  const isTolerated =
    account.switches.lenientSignatures && tolerated.some((rules) => verify(call, call.signature, publicKey, rules))
  if (isTolerated) return { account, remark: hint }
  return { error: 'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE', hint, ...(signed && { signed }) }
}
