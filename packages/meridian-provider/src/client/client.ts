import { type Either, isLeft, left, type PaymentError, right, type TaskEither } from '@railswitch/core/provider'
import * as z from 'zod'
import {
  type OpenedPayin,
  openedPayinSchema,
  type Payin,
  type Payout,
  payinSchema,
  payoutSchema,
  type Refund,
  refundSchema,
} from '../wire/objects.ts'
import { type CallDependencies, createCall, unreadable } from './call.ts'

/** How an order is opened. The same key and body open it once. */
export interface Opening {
  readonly idempotencyKey: string
  readonly body: object
  /** An earlier call with this key may have reached Meridian. */
  readonly resumed: boolean
  readonly signal: AbortSignal
}

type Read<A> = (value: string, signal: AbortSignal) => TaskEither<PaymentError, A>

/** Meridian's API. The queries are also the client that `payments.native(rail, 'meridian')` returns. */
export interface MeridianClient extends MeridianQueries {
  readonly openPayin: (opening: Opening) => TaskEither<PaymentError, OpenedPayin>
  readonly openRefund: (payin: string, opening: Opening) => TaskEither<PaymentError, Refund>
  readonly openPayout: (opening: Opening) => TaskEither<PaymentError, Payout>
}

/** By Meridian's id, or all orders with our id. */
export interface MeridianQueries {
  readonly payin: Read<Payin>
  readonly payins: Read<readonly Payin[]>
  readonly refund: Read<Refund>
  readonly refunds: Read<readonly Refund[]>
  readonly payout: Read<Payout>
  readonly payouts: Read<readonly Payout[]>
}

export const createClient = (dependencies: CallDependencies): MeridianClient => {
  const call = createCall(dependencies)
  const open =
    <A>(schema: z.ZodType<A>, path: string, opening: Opening): TaskEither<PaymentError, A> =>
    async () =>
      parsed(schema, await call({ method: 'POST', path, ...opening })())
  const get =
    <A>(schema: z.ZodType<A>, kind: string): Read<A> =>
    (id, signal) =>
    async () =>
      parsed(schema, await call({ method: 'GET', path: `/${kind}/${encodeURIComponent(id)}`, signal })())
  const list =
    <A>(schema: z.ZodType<A>, kind: string): Read<readonly A[]> =>
    (reference, signal) =>
    async () => {
      const path = `/${kind}?reference=${encodeURIComponent(reference)}`
      const items = parsed(z.object({ items: z.array(schema) }), await call({ method: 'GET', path, signal })())
      return isLeft(items) ? items : right(items.right.items)
    }
  return {
    openPayin: (opening) => open(openedPayinSchema, '/payins', opening),
    openRefund: (payin, opening) => open(refundSchema, `/payins/${encodeURIComponent(payin)}/refunds`, opening),
    openPayout: (opening) => open(payoutSchema, '/payouts', opening),
    payin: get(payinSchema, 'payins'),
    payins: list(payinSchema, 'payins'),
    refund: get(refundSchema, 'refunds'),
    refunds: list(refundSchema, 'refunds'),
    payout: get(payoutSchema, 'payouts'),
    payouts: list(payoutSchema, 'payouts'),
  }
}

const parsed = <A>(schema: z.ZodType<A>, response: Either<PaymentError, unknown>): Either<PaymentError, A> => {
  if (isLeft(response)) return response
  const object = schema.safeParse(response.right)
  return object.success ? right(object.data) : left(unreadable(200))
}
