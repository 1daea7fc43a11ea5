import { ownMethods, type PaymentRecord, type ReviewReason, readVendorMoney } from '@railswitch/core'
import { recordFound } from '../../sync/look-up.ts'
import type { BooksContext, Described } from './describe-difference.ts'
import type { Difference } from './difference.ts'
import { directionOf, type LedgerEntry } from './match-lines.ts'
import type { Movement } from './movements.ts'

/** Writes a review of each difference at its payment, and closes the reviews of earlier runs that are explained now. */
export const createBooksReviews = <Tx>(context: BooksContext<Tx>, rail: string) => {
  /** Records of movements whose review of an earlier run is open. */
  const reviewed = new Map<Movement, PaymentRecord>()
  const agreements: { readonly movement: Movement; readonly record: PaymentRecord; readonly line: LedgerEntry }[] = []

  return {
    noteRecord: (movement: Movement, record: PaymentRecord): void => {
      if (openBooksReports(record).length > 0) reviewed.set(movement, record)
    },
    matched: (line: LedgerEntry, movement: Movement): void => {
      const record = reviewed.get(movement)
      if (record) agreements.push({ line, movement, record })
    },
    recordReview,
    recordAgreements,
  }

  async function recordReview({ difference, record, line, movement }: Described): Promise<void> {
    const { payment, amount, currency, vendorId } = difference
    if (!record || payment === null) return
    const id = `books|${difference.id}`
    if (record.reports.some((report) => report.id === id) || isReviewed(record, difference)) return
    const about = readVendorMoney((line?.amount ?? movement?.amount ?? amount).replace('-', ''), currency)
    const members = {
      difference: difference.id,
      reason: reasonOf(difference),
      ...(line && { line: line.id }),
      ...(movement && { movement: movement.id }),
    }
    const report = {
      id,
      at: context.now().toISOString(),
      vendorId: vendorId ?? '',
      method: ownMethods.booksDiffer,
      ...(about && { money: about }),
      members,
    }
    await recordFound(context, rail, { report, intent: payment, learns: false }, 'lookup')
  }

  /** Whether the payment has a review of this order and reason already, for another cause than the books. */
  function isReviewed(record: PaymentRecord, difference: Difference): boolean {
    const reason = reasonOf(difference)
    return context.rules
      .derive(record)
      .reviews.some((review) => review.reason === reason && review.vendorId === difference.vendorId)
  }

  /** What a review of an earlier run asked for is explained now. */
  async function recordAgreements(): Promise<void> {
    for (const { line, movement, record } of agreements.splice(0))
      for (const { members, vendorId, intent } of openBooksReports(record)) {
        if ((members.line !== line.id && members.movement !== movement.id) || intent === null) continue
        const id = `books-agree|${members.difference}`
        const report = {
          id,
          at: context.now().toISOString(),
          vendorId,
          method: ownMethods.booksAgree,
          members: { difference: members.difference ?? '' },
        }
        await recordFound(context, rail, { report, intent, learns: false }, 'lookup')
      }
  }
}

/** The reports of differences that no later run has found explained. */
const openBooksReports = ({ reports }: PaymentRecord): PaymentRecord['reports'] => {
  const agreed = new Set(
    reports.flatMap(({ method, members }) => (method === ownMethods.booksAgree ? [members.difference] : [])),
  )
  return reports.filter(({ method, members }) => method === ownMethods.booksDiffer && !agreed.has(members.difference))
}

const reasonOf = ({ kind, about }: Difference): ReviewReason => {
  if (kind !== 'line_without_payment') return 'lookup_differs'
  const direction = directionOf(about)
  if (direction === 'out') return 'unexpected_payout'
  return direction === 'in_back' ? 'lookup_differs' : 'unexpected_credit'
}
