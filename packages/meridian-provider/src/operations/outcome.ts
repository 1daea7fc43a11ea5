import {
  type Either,
  isLeft,
  left,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentRef,
  type Runtime,
  right,
} from '@railswitch/core/provider'

/** The result of a call that sends money out. What may have happened is `unknown`, which is no error. */
export const toOutcome = (
  response: Either<PaymentError, { readonly id: string }>,
  payment: PaymentRef,
  { now }: Pick<Runtime, 'now'>,
): Either<PaymentError, OperationResponse<Outcome>> => {
  if (!isLeft(response)) return right({ result: { status: 'accepted', payment }, vendorIds: [response.right.id] })
  const { effect, retry } = response.left
  if (effect !== 'may_have_happened') return left(response.left)
  // An order that differs from this call does so for ever.
  const resolveBy = retry === 'never' ? 'operator' : 'replay'
  const unknown = { payment, resolveBy, notBefore: now().toISOString(), error: response.left.toJSON() } as const
  return right({ result: { status: 'unknown', ...unknown }, vendorIds: [] })
}
