import {
  type FoundReport,
  isLeft,
  isOwnMethod,
  ownMethods,
  type PaymentError,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  right,
} from '@railswitch/core'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'
import { type Found, isTransactionId, type LookUpContext, railsOf, toFound } from './looked-up.ts'
import { followUp, isOrderOf } from './lookup-deposits.ts'
import { isShownPayout, shownPayout } from './lookup-payouts.ts'

/**
 * Transactions of which a notification names this payment, while nothing proves that they are its own: the order id of a
 * notification is not covered by `security`. payabl is asked whose they are.
 */
export const lookUpCandidates = async (context: LookUpContext, record: PaymentRecord): Found => {
  const roots = record.intents.filter(({ intent }) => intent.kind === 'deposit' || intent.kind === 'payout')
  const [first] = roots
  const found: FoundReport[] = []
  for (const transactionid of first ? candidatesIn(record) : []) {
    const diagnosed = await context.client.diagnose({ type: 'tx', transactionid }, context.signal)()
    if (isLeft(diagnosed) && !isNotShown(diagnosed.left)) return diagnosed
    const shown = isLeft(diagnosed)
      ? undefined
      : diagnosed.right.transactions.find(({ transaction_id }) => transaction_id === transactionid)
    const owner = shown && roots.find((recorded) => isOwner(recorded, shown))
    if (shown && owner) found.push(...(await learn(context, record, owner, shown)))
    else if (first) found.push(foreign(transactionid, first, context.now()))
  }
  return right(found)
}

const candidatesIn = (record: PaymentRecord): readonly string[] => {
  const rails = railsOf(record)
  const own = record.reports.filter(({ rail }) => rails.has(rail))
  const settled = new Set(
    own.flatMap(({ intent, method, vendorId }) =>
      method === ownMethods.foreign || (intent !== null && !isOwnMethod(method)) ? [vendorId] : [],
    ),
  )
  const named = own.filter(
    ({ intent, proof, method }) => intent === null && proof === 'unproven' && !isOwnMethod(method),
  )
  return [...new Set(named.map(({ vendorId }) => vendorId))].filter((id) => isTransactionId(id) && !settled.has(id))
}

/** payabl may answer a query that finds nothing with "wrong or missing fields". */
const isNotShown = ({ vendor }: PaymentError): boolean => vendor?.code === '-6000'

const isOwner = (recorded: RecordedIntent, shown: DiagnosedTransaction): boolean =>
  recorded.intent.kind === 'payout' ? isShownPayout(shown, recorded) : isOrderOf(shown, recorded)

const learn = async (
  context: LookUpContext,
  record: PaymentRecord,
  recorded: RecordedIntent,
  transaction: DiagnosedTransaction,
): Promise<readonly FoundReport[]> =>
  recorded.intent.kind === 'payout'
    ? shownPayout(transaction, recorded, context.now())
    : followUp(context, record, { recorded, transaction, learns: true })

const foreign = (vendorId: string, { intent }: RecordedIntent, now: Date): FoundReport =>
  toFound({ vendorId, intent: paymentRef(intent), method: ownMethods.foreign, members: {} }, now)
