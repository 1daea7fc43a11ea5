import {
  type Fact,
  intentOf,
  isOwnMethod,
  type PaymentRecord,
  type Report,
  type ReportInterpreter,
} from '@railswitch/core/store'

/** A bank with few methods: `pending`, `credit`, `debit`, `cancel` and `kyc` of a deposit, `failed` of money out, `account` of an account. */
export const plainInterpreter: ReportInterpreter = {
  interpret: (own) => own.reports.flatMap((report) => (isOwnMethod(report.method) ? [] : factsOf(own, report))),
}

const factsOf = (own: PaymentRecord, report: Report): readonly Fact[] => {
  const { id, at, vendorId, method, money, members, proof, intent } = report
  const asked = intentOf(own, intent)?.intent
  if (!asked || intent === null) return []
  const source = proof === 'lookup' ? 'lookup' : 'vendor'
  const base = { intent, vendorId, at, evidence: [id], source, key: id } as const
  const amount = money ?? asked.expect
  switch (method) {
    case 'credit':
      return proof === 'unproven'
        ? [{ ...base, type: 'review', reason: 'unsigned_money' }]
        : [{ ...base, type: 'deposit.credited', amount }]
    case 'pending':
      return [{ ...base, type: 'deposit.not_credited_yet', amount }]
    case 'debit':
      return [{ ...base, type: 'deposit.reversed', amount }]
    case 'cancel':
      return [{ ...base, type: 'deposit.not_credited', reason: 'abandoned' }]
    case 'failed':
      return asked.of
        ? [{ ...base, intent: asked.of, type: 'refund.failed', amount, refund: intent, candidates: [intent] }]
        : [{ ...base, type: 'payout.failed', amount }]
    case 'kyc':
      return [{ ...base, type: 'kyc.received', abort: null }]
    case 'account':
      return [{ ...base, type: 'account.received', account: members.accountid ?? '', mandate: null }]
    default:
      return [{ ...base, type: 'unrecognised', method }]
  }
}
