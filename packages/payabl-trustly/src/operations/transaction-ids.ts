import { isOwnMethod, type PaymentRecord, paymentRef, type RecordedIntent } from '@railswitch/core/provider'
import { followUps } from '../interpret/reading.ts'

/**
 * payabl's transactions of an intent, from its response and from applied reports. Reports by a person or of elapsed time name no
 * transaction, whatever their id.
 */
export const transactionsOf = (
  { reports }: PaymentRecord,
  { intent, vendorIds }: RecordedIntent,
): readonly string[] => {
  const ref = paymentRef(intent)
  const reported = reports.flatMap((report) =>
    report.intent === ref && !isOwnMethod(report.method) ? [report.vendorId] : [],
  )
  return [...new Set([...vendorIds, ...reported])].filter((id) => isTransactionId(id))
}

/** The transactions of the deposit itself, without those of its refunds and chargebacks. */
export const depositTransactionsOf = (record: PaymentRecord, recorded: RecordedIntent): readonly string[] =>
  transactionsOf(
    {
      ...record,
      reports: record.reports.filter(({ method }) => method === 'capture' || isDepositStep(method)),
    },
    recorded,
  )

const isDepositStep = (method: string): boolean =>
  method.startsWith('diagnose ') && !followUps.has(method.slice('diagnose '.length))

export const isTransactionId = (id: string): boolean => /^\d{1,50}$/.test(id)
