import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { deposit } from './deposit.ts'
import { type Call, errorText, readCall, readJson, resultText } from './envelope.ts'
import type { Refusal } from './error-codes.ts'
import type { Ledger } from './ledger.ts'
import type { Account } from './merchant.ts'
import type { Operation } from './operation.ts'
import { readScalar } from './parameters.ts'
import { refund } from './refund.ts'
import { type Hash, readSignature, verify } from './signature.ts'
import { explainSignature } from './signature-hint.ts'

/** How one call went: the answer's text and what the request log keeps of it. */
export type Handled = {
  readonly text: string
  readonly method: string | null
  readonly uuid: string | null
  readonly orderId: string | null
  readonly verdict: 'answered' | 'replayed' | Refusal
  /** What the vendor would have ignored in silence. */
  readonly warning?: string
}

type Setting = {
  readonly accounts: ReadonlyMap<string, Account>
  readonly ledger: Ledger
  readonly privateKey: KeyObject
  readonly answerHash: 'mirror' | Hash
  readonly checkoutUrl: string
  readonly now: () => Date
}

type Answered = { readonly call: Call; readonly handled: Handled }

const operations: ReadonlyMap<string, Operation> = new Map([
  ['Deposit', deposit],
  ['Refund', refund],
])

/** The JSON-RPC door. Checks in this order: JSON, envelope, method, credentials, public key, signature, UUID, and
 *  only then what the method itself checks. The vendor's own order is not published; refused calls are answered too. */
export const createApi = (setting: Setting): ((body: Uint8Array) => Handled) => {
  const answered = new Map<string, Answered>()
  return (body) => {
    const node = readJson(body)
    const call = 'fault' in node ? node : readCall(node)
    if ('fault' in call) return answerFault(setting, call.fault)
    const genuine = authenticate(setting, call)
    if ('error' in genuine) return answerRefusal(setting, call, genuine)
    const key = `${genuine.username} ${call.uuid.toLowerCase()}`
    const earlier = answered.get(key)
    if (earlier) return replay(setting, call, earlier)
    const handled = run(setting, call, genuine)
    answered.set(key, { call, handled })
    return handled
  }
}

const authenticate = ({ accounts }: Setting, call: Call): Account | Refusal => {
  if (!operations.has(call.method)) return { error: 'ERROR_INVALID_FUNCTION' }
  const account = accounts.get(readScalar(call.data, 'Username').text ?? '')
  if (!account || readScalar(call.data, 'Password').text !== account.password) {
    return { error: 'ERROR_INVALID_CREDENTIALS' }
  }
  if (!account.publicKey) return { error: 'ERROR_NO_PUBLIC_KEY' }
  if (verify(call, call.signature, account.publicKey)) return account
  return {
    error: 'ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE',
    hint: explainSignature(call, call.signature, account.publicKey),
  }
}

/** "Re-sending an identical request is not processed twice: the stored answer is returned." Spaces and the order of
 *  members do not make a request another one. */
const replay = (setting: Setting, call: Call, earlier: Answered): Handled => {
  const identical = call.method === earlier.call.method && isDeepStrictEqual(call.data, earlier.call.data)
  if (identical) return { ...earlier.handled, verdict: 'replayed' }
  return answerRefusal(setting, call, { error: 'ERROR_DUPLICATE_UUID', hint: 'the UUID was used for another content' })
}

const run = (setting: Setting, call: Call, account: Account): Handled => {
  const operation = operations.get(call.method)
  if (!operation) return answerRefusal(setting, call, { error: 'ERROR_INVALID_FUNCTION' })
  const { ledger, checkoutUrl, now } = setting
  const outcome = operation({ account, call, hash: hashOf(call), ledger, checkoutUrl, now })
  if ('error' in outcome) return answerRefusal(setting, call, outcome)
  const { method, uuid } = call
  const text = resultText(call, outcome.data, signerFor(setting, call))
  const { orderid = null } = outcome.data
  const orderId = typeof orderid === 'string' ? orderid : null
  return {
    text,
    method,
    uuid,
    orderId,
    verdict: 'answered',
    ...(outcome.warning !== undefined && { warning: outcome.warning }),
  }
}

const answerRefusal = (setting: Setting, call: Call, verdict: Refusal): Handled => {
  const { method, uuid } = call
  const orderId = readScalar(call.data, 'OrderID').text ?? null
  return { text: errorText(call, verdict.error, signerFor(setting, call)), method, uuid, orderId, verdict }
}

// Which code a body without a readable call gets is not published: 620 is the vendor's own catch-all.
const answerFault = (setting: Setting, hint: string): Handled => {
  const verdict = { error: 'ERROR_UNKNOWN', hint } as const
  const text = errorText(null, verdict.error, signerFor(setting, undefined))
  return { text, method: null, uuid: null, orderId: null, verdict }
}

const signerFor = ({ answerHash, privateKey }: Setting, call: Call | undefined) => ({
  privateKey,
  hash: answerHash === 'mirror' ? hashOf(call) : answerHash,
})

const hashOf = (call: Call | undefined): Hash => readSignature(call?.signature ?? '')?.hash ?? 'SHA1'
