import {
  type Either,
  type FoundReport,
  isLeft,
  type LookUpResult,
  merchantReference,
  type ParsedReport,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Runtime,
  right,
  sameMoney,
  type TaskEither,
} from '@railswitch/core/provider'
import { payinReport, payoutReport, refundReport } from '../callbacks/report.ts'
import type { MeridianClient } from '../client/client.ts'
import { vendorIdOf } from '../operations/vendor-id.ts'
import { toMoney } from '../wire/money.ts'

/**
 * Asks for the object of each intent: by Meridian's id or, if no response and no report named it, by our reference. A list contains only
 * orders of this account, so an order in it with our reference and money is ours. What it does not contain may still arrive.
 */
export const lookUp =
  (client: MeridianClient, runtime: Runtime) =>
  (record: PaymentRecord, signal: AbortSignal): TaskEither<PaymentError, LookUpResult> =>
  async () => {
    const found: FoundReport[] = []
    let failed: PaymentError | undefined
    for (const recorded of record.intents) {
      const result = await lookUpIntent(client, record, recorded, { now: runtime.now(), signal })
      if (isLeft(result)) failed ??= result.left
      else found.push(...result.right)
    }
    return right({ found, absenceProves: false, ...(failed && { failed }) })
  }

interface LookUpContext {
  readonly now: Date
  readonly signal: AbortSignal
}

/** What an order of ours must show, whatever its kind. */
interface Order {
  readonly amount: number
  readonly currency: string
  readonly payin?: string
}

/** How the orders of a kind are found and reported. */
interface Kind<A extends Order> {
  readonly byId: (id: string, signal: AbortSignal) => TaskEither<PaymentError, A>
  readonly byReference: (reference: string, signal: AbortSignal) => TaskEither<PaymentError, readonly A[]>
  readonly toReport: (order: A, now: Date) => ParsedReport
}

const lookUpIntent = async (
  client: MeridianClient,
  record: PaymentRecord,
  recorded: RecordedIntent,
  context: LookUpContext,
): Promise<Either<PaymentError, readonly FoundReport[]>> => {
  switch (recorded.intent.kind) {
    case 'deposit':
      return find({ byId: client.payin, byReference: client.payins, toReport: payinReport }, record, recorded, context)
    case 'refund':
      return find(
        { byId: client.refund, byReference: client.refunds, toReport: refundReport },
        record,
        recorded,
        context,
      )
    case 'payout':
      return find(
        { byId: client.payout, byReference: client.payouts, toReport: payoutReport },
        record,
        recorded,
        context,
      )
    default:
      return right([])
  }
}

const find = async <A extends Order>(
  { byId, byReference, toReport }: Kind<A>,
  record: PaymentRecord,
  { intent }: RecordedIntent,
  { now, signal }: LookUpContext,
): Promise<Either<PaymentError, readonly FoundReport[]>> => {
  const ref = paymentRef(intent)
  const known = vendorIdOf(record, ref)
  if (known !== null) {
    const order = await byId(known, signal)()
    return isLeft(order) ? order : right([{ report: toReport(order.right, now), intent: ref, learns: false }])
  }
  const orders = await byReference(merchantReference(intent), signal)()
  if (isLeft(orders)) return orders
  const payin = intent.of === undefined ? null : vendorIdOf(record, intent.of)
  const ours = orders.right.filter(
    (order) =>
      sameMoney(toMoney(order.amount, order.currency), intent.expect) &&
      (order.payin === undefined || order.payin === payin),
  )
  return right(ours.map((order) => ({ report: toReport(order, now), intent: ref, learns: true })))
}
