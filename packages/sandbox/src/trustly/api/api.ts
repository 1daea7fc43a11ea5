import { isDeepStrictEqual } from 'node:util'
import { createRecentList } from '../../platform/recent-list.ts'
import { executeMethod } from '../methods/execute-method.ts'
import type { MethodContext } from '../methods/method.ts'
import { type Hash, readSignature, type Signatures, type SignMessage } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import { type Call, errorText, readCall, readJson, resultText } from '../wire/envelope.ts'
import type { Refusal } from '../wire/error-codes.ts'
import { readScalar } from '../wire/fields.ts'
import { authenticate } from './authenticate.ts'
import type { createCallRate } from './call-rate.ts'

/** The result of one call: the response's text, and the data of the request log. */
export interface Handled {
  readonly text: string
  readonly method: string | null
  readonly uuid: string | null
  readonly orderId: string | null
  /** The call as it was read; null for an unreadable one. */
  readonly call: Call | null
  readonly outcome: 'answered' | 'replayed' | Refusal
  /** A mistake that the vendor ignores without notice. */
  readonly warning?: string
}

interface Dependencies {
  readonly accounts: ReadonlyMap<string, Account>
  readonly context: MethodContext
  readonly callRate: ReturnType<typeof createCallRate>
  readonly sign: SignMessage
  readonly verify: Signatures['verify']
  readonly answerHash: 'mirror' | Hash
  /** The number of calls whose repetition is recognised. */
  readonly longest: number
}

// More calls than a shop usually has in progress. They are candidates for the UUID in a wrong signature.
const rememberedUuids = 20

interface Answered {
  readonly call: Call
  readonly handled: Handled
  readonly body: Uint8Array
}

/** An answered call that can be restored; it is read again from its body. */
export interface SavedAnswer extends Omit<Handled, 'call'> {
  /** The merchant's username and the UUID. */
  readonly key: string
  readonly body: Uint8Array
}

export interface Api {
  readonly handle: (body: Uint8Array) => Handled
  /** The newest answers, oldest first. */
  readonly save: () => readonly SavedAnswer[]
  readonly restore: (answers: readonly SavedAnswer[]) => void
}

// A repetition comes soon after the call: a merchant repeats what it got no answer to.
const savedAnswers = 5_000

/** The JSON-RPC endpoint. It checks JSON, envelope, caller, UUID, parameters, MessageID and then what the method itself
 *  checks, in this order. The vendor's own order is not published. */
export const createApi = (dependencies: Dependencies): Api => {
  const answered = new Map<string, Answered>()
  const keys = createRecentList<string>(dependencies.longest, (key) => answered.delete(key))
  const uuids = createRecentList<string>(rememberedUuids, () => {})
  const remember = (key: string, answer: Answered): void => {
    answered.set(key, answer)
    keys.add(key)
    uuids.add(answer.call.uuid)
  }
  const handle = (body: Uint8Array): Handled => {
    const node = readJson(body)
    const call = 'fault' in node ? node : readCall(node)
    if ('fault' in call) return answerFault(dependencies, call.fault)
    const caller = authenticate(dependencies, call, uuids.values())
    if ('error' in caller) return answerRefusal(dependencies, call, caller)
    const key = `${caller.account.username} ${call.uuid.toLowerCase()}`
    const earlier = answered.get(key)
    if (earlier) return replay(dependencies, call, earlier)
    const handled = run(dependencies, call, caller)
    remember(key, { call, handled, body })
    return handled
  }
  return {
    handle,
    save: () =>
      keys
        .values()
        .slice(-savedAnswers)
        .flatMap((key) => {
          const known = answered.get(key)
          return known ? [{ ...known.handled, call: undefined, key, body: known.body }] : []
        }),
    restore: (answers) => {
      for (const { key, body, ...handled } of answers) {
        const node = readJson(body)
        const call = 'fault' in node ? node : readCall(node)
        if (!('fault' in call)) remember(key, { call, body, handled: { ...handled, call } })
      }
    },
  }
}

/** "Re-sending an identical request is not processed twice: the stored answer is returned." Whitespace and the order of
 *  members are not compared. */
const replay = (dependencies: Dependencies, call: Call, earlier: Answered): Handled => {
  const identical = call.method === earlier.call.method && isDeepStrictEqual(call.data, earlier.call.data)
  if (identical) return { ...earlier.handled, outcome: 'replayed' }
  return answerRefusal(dependencies, call, {
    error: 'ERROR_DUPLICATE_UUID',
    hint: 'the UUID was used for another content',
  })
}

interface Authenticated {
  readonly account: Account
  readonly remark?: string
}

const run = (dependencies: Dependencies, call: Call, { account, remark }: Authenticated): Handled => {
  const { method, uuid, data } = call
  const outcome = executeMethod(dependencies.context, { account, method, data, hash: hashOf(call) })
  if ('error' in outcome) return answerRefusal(dependencies, call, outcome)
  const { command, remarks } = outcome
  const all = [remark, ...remarks, dependencies.callRate(method, command)].filter((one) => one !== undefined)
  const orderId = 'orderid' in outcome.data ? String(outcome.data.orderid ?? '') : command.fields.data('OrderID')
  return {
    text: resultText(call, outcome.data, signerFor(dependencies, call)),
    method,
    uuid,
    orderId: orderId || null,
    call,
    outcome: 'answered',
    ...(all.length > 0 && { warning: all.join('; ') }),
  }
}

const answerRefusal = (dependencies: Dependencies, call: Call, outcome: Refusal): Handled => {
  const { method, uuid } = call
  const orderId = readScalar(call.data, 'OrderID').text ?? null
  return { text: errorText(call, outcome.error, signerFor(dependencies, call)), method, uuid, orderId, call, outcome }
}

// The error code for an unreadable call is not published; 620 is the vendor's general error.
const answerFault = (dependencies: Dependencies, hint: string): Handled => {
  const outcome = { error: 'ERROR_UNKNOWN', hint } as const
  const text = errorText(null, outcome.error, signerFor(dependencies, undefined))
  return { text, method: null, uuid: null, orderId: null, call: null, outcome }
}

const signerFor = ({ answerHash, sign }: Dependencies, call: Call | undefined) => ({
  sign,
  hash: answerHash === 'mirror' ? hashOf(call) : answerHash,
})

const hashOf = (call: Call | undefined): Hash => readSignature(call?.signature ?? '')?.hash ?? 'SHA1'
