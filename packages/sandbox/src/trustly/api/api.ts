import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { carryOut } from '../methods/execute-method.ts'
import type { MethodContext } from '../methods/method.ts'
import { type Hash, readSignature } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import { type Call, errorText, readCall, readJson, resultText } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import { readScalar } from '../wire/fields.ts'
import { authenticate } from './authenticate.ts'
import type { createCallRate } from './call-rate.ts'

/** How one call went: the answer's text and what the request log keeps of it. */
export type Handled = {
  readonly text: string
  readonly method: string | null
  readonly uuid: string | null
  readonly orderId: string | null
  readonly verdict: 'answered' | 'replayed' | Refusal
  /** What the context would have ignored in silence. */
  readonly warning?: string
}

type Dependencies = {
  readonly accounts: ReadonlyMap<string, Account>
  readonly context: MethodContext
  readonly callRate: ReturnType<typeof createCallRate>
  readonly privateKey: KeyObject
  readonly answerHash: 'mirror' | Hash
}

// As many as a shop may have under way at once, while the mistake is being looked for.
const rememberedUuids = 20

type Answered = { readonly call: Call; readonly handled: Handled }

/** The JSON-RPC door. Checks in this order: JSON, envelope, who calls, UUID, parameters, MessageID, and only then what
 *  the method itself checks. The context's own order is not published; refused calls are answered too. */
export const createApi = (dependencies: Dependencies): ((body: Uint8Array) => Handled) => {
  const answered = new Map<string, Answered>()
  return (body) => {
    const node = readJson(body)
    const call = 'fault' in node ? node : readCall(node)
    if ('fault' in call) return answerFault(dependencies, call.fault)
    const lately = [...answered.values()].slice(-rememberedUuids).map((earlier) => earlier.call.uuid)
    const genuine = authenticate(dependencies.accounts, call, lately)
    if ('error' in genuine) return answerRefusal(dependencies, call, genuine)
    const key = `${genuine.account.username} ${call.uuid.toLowerCase()}`
    const earlier = answered.get(key)
    if (earlier) return replay(dependencies, call, earlier)
    const handled = run(dependencies, call, genuine)
    answered.set(key, { call, handled })
    return handled
  }
}

/** "Re-sending an identical request is not processed twice: the stored answer is returned." Spaces and the order of
 *  members do not make a request another one. */
const replay = (dependencies: Dependencies, call: Call, earlier: Answered): Handled => {
  const identical = call.method === earlier.call.method && isDeepStrictEqual(call.data, earlier.call.data)
  if (identical) return { ...earlier.handled, verdict: 'replayed' }
  return answerRefusal(dependencies, call, {
    error: 'ERROR_DUPLICATE_UUID',
    hint: 'the UUID was used for another content',
  })
}

type Genuine = { readonly account: Account; readonly remark?: string }

const run = (dependencies: Dependencies, call: Call, { account, remark }: Genuine): Handled => {
  const { method, uuid, data } = call
  const outcome = carryOut(dependencies.context, { account, method, data, hash: hashOf(call) })
  if ('error' in outcome) return answerRefusal(dependencies, call, outcome)
  const { command, remarks } = outcome
  const all = [remark, ...remarks, dependencies.callRate(method, command)].filter((one) => one !== undefined)
  const orderId = 'orderid' in outcome.data ? String(outcome.data.orderid ?? '') : command.fields.data('OrderID')
  return {
    text: resultText(call, outcome.data, signerFor(dependencies, call)),
    method,
    uuid,
    orderId: orderId || null,
    verdict: 'answered',
    ...(all.length > 0 && { warning: all.join('; ') }),
  }
}

const answerRefusal = (dependencies: Dependencies, call: Call, verdict: Refusal): Handled => {
  const { method, uuid } = call
  const orderId = readScalar(call.data, 'OrderID').text ?? null
  return { text: errorText(call, verdict.error, signerFor(dependencies, call)), method, uuid, orderId, verdict }
}

// Which code a body without a readable call gets is not published: 620 is the context's own catch-all.
const answerFault = (dependencies: Dependencies, hint: string): Handled => {
  const verdict = { error: 'ERROR_UNKNOWN', hint } as const
  const text = errorText(null, verdict.error, signerFor(dependencies, undefined))
  return { text, method: null, uuid: null, orderId: null, verdict }
}

const signerFor = ({ answerHash, privateKey }: Dependencies, call: Call | undefined) => ({
  privateKey,
  hash: answerHash === 'mirror' ? hashOf(call) : answerHash,
})

const hashOf = (call: Call | undefined): Hash => readSignature(call?.signature ?? '')?.hash ?? 'SHA1'
