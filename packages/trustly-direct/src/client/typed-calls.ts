import {
  type Issue,
  invalid,
  isLeft,
  type PaymentError,
  pipe,
  type Runtime,
  type Schema,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { JsonValue } from '../wire/json-text.ts'
import { type RequestData, type RequestDataFault, readRequestData } from '../wire/request-data.ts'
import { callTrustly, type TrustlyAccount } from './call.ts'
import { unreadable } from './map-error.ts'
import { checkData } from './methods/check-data.ts'
import {
  descriptionOf,
  methods,
  type ReadOnlyMethod,
  type TrustlyData,
  type TrustlyMethod,
  type TrustlyResponse,
} from './methods/methods.ts'

/** How a native call is made. */
export interface NativeCall {
  /** Trustly repeats its response to a repeated UUID. Never use one for another request. */
  readonly uuid: string
  /** An earlier call with this UUID may have reached Trustly. */
  readonly resumed?: boolean
  readonly signal?: AbortSignal
}

/** How a method that changes nothing is called: the UUID is random by default. */
export type ReadOnlyCall = Partial<NativeCall>

type Method<M extends TrustlyMethod> = M extends ReadOnlyMethod
  ? (data: TrustlyData<M>, call?: ReadOnlyCall) => TaskEither<PaymentError, TrustlyResponse<M>>
  : (data: TrustlyData<M>, call: NativeCall) => TaskEither<PaymentError, TrustlyResponse<M>>

/**
 * Every method of Trustly's API in Trustly's own names, signed, verified and repeated like the calls of railswitch. The method's
 * first letter is lower case (`accountPayout`, `viewAutomaticSettlementDetailsCSV`). Left: `invalid_input` for what the method's
 * description forbids; nothing is sent then. A `result` of `0` is a rejection, and is a right.
 */
export type TrustlyCalls = { readonly [M in TrustlyMethod as Uncapitalize<M>]: Method<M> } & {
  /** Any method, with unchecked `Data`. Numbers in the response are the text that Trustly wrote. */
  readonly call: (method: string, data: RequestData, call: NativeCall) => TaskEither<PaymentError, JsonValue>
}

export const createTypedCalls = (account: TrustlyAccount): TrustlyCalls => {
  const call = untypedCall(account)
  const typed = (Object.keys(methods) as TrustlyMethod[]).map((method) => [
    method.charAt(0).toLowerCase() + method.slice(1),
    typedCall(method, call, account.runtime),
  ])
  // The loop makes what the mapped type declares for each method.
  return { call, ...Object.fromEntries(typed) } as TrustlyCalls
}

const untypedCall =
  (account: TrustlyAccount): TrustlyCalls['call'] =>
  (method, data, options) => {
    const issue = misuse(data, options)
    if (issue) return taskEither.left(invalid('invalid_input', [issue]))
    const checked = readRequestData(data)
    const { uuid, resumed = false, signal } = options
    return isLeft(checked)
      ? taskEither.left(invalid('invalid_input', [toIssue(checked.left)]))
      : callTrustly(account, { method, uuid, data: checked.right, resumed, ...(signal && { signal }) })
  }

const typedCall = (method: TrustlyMethod, call: TrustlyCalls['call'], { randomUUID }: Runtime) => {
  const description = descriptionOf(method)
  return (data: object, given: ReadOnlyCall = {}) => {
    // A random UUID for a method that moves money would move it twice when the call is repeated.
    const options = 'readOnly' in description ? { uuid: randomUUID(), ...given } : given
    const issue = misuse(data, options)
    const issues = issue ? [issue] : checkData(description, data)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    return pipe(call(method, members(data), options as NativeCall), parsedBy(description.response, method))
  }
}

/** What the types forbid, for callers without types. */
const misuse = (data: unknown, options: Partial<NativeCall> | null | undefined): Issue | null => {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { field: 'data', rule: 'must be an object', fix: 'give the members of Data' }
  return typeof options?.uuid === 'string' && uuidShape.test(options.uuid)
    ? null
    : { field: 'uuid', rule: 'must be a UUID', fix: 'make one with crypto.randomUUID(), and store it before the call' }
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

const parsedBy = <A>(schema: Schema<A>, method: string) =>
  taskEither.flatMap((data: JsonValue): TaskEither<PaymentError, A> => {
    const parsed = schema.safeParse(data)
    return parsed.success ? taskEither.right(parsed.data) : taskEither.left(unreadable(method))
  })

/** Undefined members are left out: Trustly signs the name of a null member. */
const members = (data: object): RequestData =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'object' && value !== null ? members(value) : value]],
    ),
  )
