import {
  type BeginRequest,
  type BeginResult,
  checkIntent,
  type Intent,
  type PaymentRecord,
  type RecordedIntent,
  type RecordRules,
  rootReference,
  sameIdempotencyKey,
  sameReference,
} from '@railswitch/core/store'
import type { Session } from '../tables/tables.ts'

/** Null: another transaction has just taken the intent's key or its reference. */
export const begin = async <Tx>(
  { tx, tables }: Session<Tx>,
  { intent, fingerprints }: BeginRequest,
  rules: RecordRules,
): Promise<BeginResult | null> => {
  const { records, intents } = tables
  const { payment, isNew } = await records.enter(tx, rootReference(intent))
  const before = isNew ? emptyRecord(payment) : await records.read(tx, payment)
  const existing = await recordedUnder({ tx, tables }, intent, before)
  const checked = checkIntent({ intent, fingerprints }, existing, before, rules.derive(before))
  if (checked.state !== 'new') {
    if (checked.state === 'resume') await intents.resume(tx, intent)
    if (isEmpty(before)) await records.remove(tx, payment)
    return checked
  }
  const [fingerprint] = fingerprints
  const begunAt = await intents.insert(tx, payment, intent, fingerprint)
  if (begunAt === null) return null
  const recorded: RecordedIntent = { intent, fingerprint, begunAt, resumed: false, conclusion: null, vendorIds: [] }
  const record = { ...before, intents: [...before.intents, recorded] }
  await records.touch(tx, record, rules)
  return { state: 'new', recorded, record }
}

/** The intent recorded under this key in any payment, or else under this reference in another payment. */
const recordedUnder = async <Tx>(
  { tx, tables: { records } }: Session<Tx>,
  intent: Intent,
  payment: PaymentRecord,
): Promise<RecordedIntent | null> => {
  const isSame = (recorded: RecordedIntent): boolean => sameIdempotencyKey(recorded.intent, intent)
  const here = payment.intents.find(isSame)
  if (here) return here
  const other = await records.byReference(tx, intent.reference)
  if (other === null || other === payment.key) return null
  const recorded = (await records.read(tx, other)).intents.filter((one) => sameReference(one.intent, intent))
  return recorded.find(isSame) ?? recorded[0] ?? null
}

const emptyRecord = (key: string): PaymentRecord => ({ key, intents: [], reports: [], emitted: [] })

const isEmpty = ({ intents, reports }: PaymentRecord): boolean => intents.length === 0 && reports.length === 0
