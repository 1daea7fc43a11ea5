import { randomUUID } from 'node:crypto'
import { type Issue, invalid, isLeft, type PaymentError, pipe, type TaskEither, taskEither } from '@railswitch/core'
import type * as z from 'zod'
import type { JsonValue } from '../wire/json-text.ts'
import { type RequestData, type RequestDataFault, readRequestData } from '../wire/request-data.ts'
import { callTrustly, type TrustlyAccount } from './call.ts'
import { unreadable } from './map-error.ts'
import { checkData } from './methods/check-data.ts'
import {
  descriptionOf,
  methods,
  type ReadingMethod,
  type TrustlyAnswer,
  type TrustlyData,
  type TrustlyMethod,
} from './methods/methods.ts'

/** How a native call is made. */
export interface NativeCall {
  /** Repeat it to be answered as before; never reuse it for another request. */
  readonly uuid: string
  /** An earlier call with this UUID may have reached Trustly. */
  readonly resumed?: boolean
  readonly signal?: AbortSignal
}

/** Of a method that changes nothing: a UUID is drawn. */
export type ReadingCall = Partial<NativeCall>

type Method<M extends TrustlyMethod> = M extends ReadingMethod
  ? (data: TrustlyData<M>, call?: ReadingCall) => TaskEither<PaymentError, TrustlyAnswer<M>>
  : (data: TrustlyData<M>, call: NativeCall) => TaskEither<PaymentError, TrustlyAnswer<M>>

/**
 * Trustly's own words, signed, verified and replayed like everything else: each method under its own name with a small
 * first letter (`accountPayout`, `viewAutomaticSettlementDetailsCSV`). Left of `invalid_input`: what its description forbids,
 * nothing sent. A `result` of `0` is a rejection, and comes as an answer.
 */
export type TrustlyCalls = { readonly [M in TrustlyMethod as Uncapitalize<M>]: Method<M> } & {
  /** Any method, with `Data` as given and unchecked; numbers in the answer are the text that Trustly wrote. */
  readonly call: (method: string, data: RequestData, call: NativeCall) => TaskEither<PaymentError, JsonValue>
}

export const createCalls = (account: TrustlyAccount): TrustlyCalls => {
  const call: TrustlyCalls['call'] = (method, data, options) => {
    const wrong = misuse(data, options)
    if (wrong) return taskEither.left(invalid('invalid_input', [wrong]))
    const checked = readRequestData(data)
    const { uuid, resumed = false, signal } = options
    return isLeft(checked)
      ? taskEither.left(invalid('invalid_input', [toIssue(checked.left)]))
      : callTrustly(account, { method, uuid, data: checked.right, resumed, ...(signal && { signal }) })
  }
  const described = (Object.keys(methods) as TrustlyMethod[]).map((method) => {
    const description = descriptionOf(method)
    const name = method.charAt(0).toLowerCase() + method.slice(1)
    return [
      name,
      (data: object, given: ReadingCall = {}) => {
        // Drawn for what moves money, a repetition would move it twice.
        const options = 'reads' in description ? { uuid: randomUUID(), ...given } : given
        const wrong = misuse(data, options)
        const issues = wrong ? [wrong] : checkData(description, data)
        if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
        return pipe(call(method, members(data), options as NativeCall), parsedBy(description.answer, method))
      },
    ]
  })
  // What the mapped type says for each method, the loop has done for all of them.
  return { call, ...Object.fromEntries(described) } as TrustlyCalls
}

/** What the types forbid, where there are none. */
const misuse = (data: unknown, options: Partial<NativeCall> | null | undefined): Issue | null => {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { field: 'data', rule: 'must be an object', fix: 'give the members of Data' }
  return typeof options?.uuid === 'string' && uuidShape.test(options.uuid)
    ? null
    : { field: 'uuid', rule: 'must be a UUID', fix: 'draw one with crypto.randomUUID(), and keep it before the call' }
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const toIssue = ({ code, path }: RequestDataFault): Issue => ({
  field: path,
  rule: `cannot be signed (${code.replaceAll('_', ' ')})`,
  fix: fixes[code],
})

const fixes: { readonly [C in RequestDataFault['code']]: string } = {
  not_text: "write numbers as text and booleans as '1' or '0'",
  numeric_name: 'give the member a name that is no number',
  lone_surrogate: 'cut text between characters, not inside one',
  too_deep: 'nest no deeper than 32 levels',
}

const parsedBy = <A>(schema: z.ZodType<A>, method: string) =>
  taskEither.flatMap((data: JsonValue): TaskEither<PaymentError, A> => {
    const parsed = schema.safeParse(data)
    return parsed.success ? taskEither.right(parsed.data) : taskEither.left(unreadable(method))
  })

/** An absent optional is left out: Trustly signs a null's name. */
const members = (data: object): RequestData =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'object' && value !== null ? members(value) : value]],
    ),
  )
