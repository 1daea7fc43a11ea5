import { type Issue, invalid, isLeft, type PaymentError, pipe, type TaskEither, taskEither } from '@railswitch/core'
import * as z from 'zod'
import { callTrustly, type TrustlyAccount, unreadable } from './wire/call.ts'
import type { JsonValue } from './wire/json-text.ts'
import { type RequestData, type RequestDataFault, readRequestData } from './wire/request-data.ts'

/** How a native call is made. */
export interface NativeCall {
  /** Repeat it to be answered as before; never reuse it for another request. */
  readonly uuid: string
  /** An earlier call with this UUID may have reached Trustly. */
  readonly resumed?: boolean
  readonly signal?: AbortSignal
}

/** Members of `Data` in Trustly's spelling, without Username and Password. @see https://docs.trustly.com/api/deposit */
export interface DepositData {
  readonly NotificationURL: string
  readonly EndUserID: string
  readonly MessageID: string
  readonly Attributes: {
    readonly Amount: string
    readonly Currency: string
    readonly Country: string
    readonly Locale: string
    readonly Firstname: string
    readonly Lastname: string
    readonly Email: string
    readonly ShopperStatement: string
    readonly SuccessURL: string
    readonly FailURL: string
    readonly MobilePhone?: string
    readonly IP?: string
  }
}

/** @see https://docs.trustly.com/api/refund */
export interface RefundData {
  readonly OrderID: string
  readonly Amount: string
  readonly Currency: string
}

/** Trustly's own words, signed, verified and replayed like everything else: the way out for what we do not wrap. */
export interface TrustlyClient {
  deposit(
    data: DepositData,
    call: NativeCall,
  ): TaskEither<PaymentError, { readonly orderid: string; readonly url: string }>
  /** `result` other than `1` is a rejection. */
  refund(
    data: RefundData,
    call: NativeCall,
  ): TaskEither<PaymentError, { readonly orderid: string; readonly result: string }>
  /** Any method, with `Data` as given; numbers in the answer are the text that Trustly wrote. */
  call(method: string, data: RequestData, call: NativeCall): TaskEither<PaymentError, JsonValue>
}

const orderId = z.string().regex(/^\d{1,20}$/)
const depositAnswer = z.object({ orderid: orderId, url: z.url({ protocol: /^https?$/ }) })
const refundAnswer = z.object({ orderid: orderId, result: z.string() })

export const createTrustlyClient = (account: TrustlyAccount): TrustlyClient => {
  const call: TrustlyClient['call'] = (method, data, { uuid, resumed = false, signal }) => {
    const checked = readRequestData(data)
    return isLeft(checked)
      ? taskEither.left(invalid('invalid_input', [toIssue(checked.left)]))
      : callTrustly(account, { method, uuid, data: checked.right, resumed, ...(signal && { signal }) })
  }
  return {
    call,
    deposit: (data, options) => pipe(call('Deposit', members(data), options), parsedBy(depositAnswer, 'Deposit')),
    refund: (data, options) => pipe(call('Refund', members(data), options), parsedBy(refundAnswer, 'Refund')),
  }
}

const toIssue = ({ code, path }: RequestDataFault): Issue => ({
  field: path,
  rule: `cannot be signed (${code.replaceAll('_', ' ')})`,
  fix: "write numbers as text and booleans as '1' or '0'",
})

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
