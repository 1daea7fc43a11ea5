import { createHash } from 'node:crypto'
import {
  addDecimals,
  type Decimal,
  dayMs,
  formatDecimal,
  negated,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type VendorLedger,
} from '@railswitch/core'
import { ofRail } from '../../sync/look-up.ts'
import type { SyncContext } from '../../sync/sync-step.ts'
import type { BalanceFinding } from './check-balances.ts'
import type { Difference, DifferenceKind, Remedy } from './difference.ts'
import { dayAfter, dayOf, type LedgerEntry, noRow, type Unmatched, windowDays } from './match-lines.ts'
import type { SettlementFinding } from './match-settlements.ts'
import { type Movement, movementsOf } from './movements.ts'

export type BooksContext<Tx> = Pick<
  SyncContext<Tx>,
  'rails' | 'store' | 'rules' | 'pipeline' | 'logger' | 'onError' | 'isClosed' | 'now' | 'after'
>

/** A difference, with the payment whose review it becomes. */
export interface Described {
  readonly difference: Difference
  readonly record: PaymentRecord | null
  readonly line?: LedgerEntry
  readonly movement?: Movement
}

interface Options {
  readonly rail: string
  readonly ledger: VendorLedger
  readonly now: number
  readonly failedDays: () => readonly string[]
}

/** Names what is not matched, with its remedy. */
export const createDescribe = <Tx>(context: BooksContext<Tx>, { rail, ledger, now, failedDays }: Options) => {
  return {
    unknownLine: (line: LedgerEntry): Difference =>
      toDifference('unknown_line', 'ask_vendor', line, {
        line,
        detail: `The vendor wrote "${line.text}", which is not known.`,
      }),
    unmatched,
    settlement,
    balance,
  }

  async function unmatched({ line, movement, row }: Unmatched, day: string): Promise<Described | 'awaited'> {
    if (row === noRow && movement)
      return only(
        toDifference(
          'payment_without_row',
          'correct_row',
          sidesOf(movement, { day, amount: negated(movement.amount) }),
          {
            movement,
            detail: `Your rows lack this ${wordsOf(movement.kind)}.`,
          },
        ),
      )
    if (row && movement)
      return only(
        toDifference(
          'row_amount_differs',
          'correct_row',
          { ...row, amount: addDecimals(row.amount, negated(movement.amount)) },
          {
            movement,
            row: row.id,
            detail: `Your row has ${money(row.amount, row.currency)}, and the store ${money(movement.amount, movement.currency)}.`,
          },
        ),
      )
    if (row)
      return only(
        toDifference('row_without_payment', row.kind === 'payment' ? 'import_payment' : 'correct_row', row, {
          row: row.id,
          reference: row.reference,
          kind: row.kind,
          detail: `Your rows have a ${wordsOf(row.kind)} that the store does not contain.`,
        }),
      )
    if (line && movement) return amountDiffers(line, movement)
    if (movement) return isAwaited(movement) ? 'awaited' : withoutLine(movement, day)
    return line ? withoutPayment(line) : 'awaited'
  }

  function only(difference: Difference): Described {
    return { difference, record: null }
  }

  async function amountDiffers(line: LedgerEntry, movement: Movement): Promise<Described> {
    const difference = toDifference(
      'amount_differs',
      'review',
      { ...line, amount: addDecimals(line.amount, negated(movement.amount)) },
      {
        line,
        movement,
        detail: `The vendor has ${money(line.amount, line.currency)}, and the store ${money(movement.amount, movement.currency)}.`,
      },
    )
    return { difference, record: await recordOf(movement.reference), line, movement }
  }

  async function withoutLine(movement: Movement, day: string): Promise<Described> {
    const difference = toDifference(
      'payment_without_line',
      'review',
      sidesOf(movement, { day, amount: negated(movement.amount) }),
      { movement, detail: `The vendor's books lack this ${wordsOf(movement.kind)}.` },
    )
    return { difference, record: await recordOf(movement.reference), movement }
  }

  async function withoutPayment(line: LedgerEntry): Promise<Described | 'awaited'> {
    if (now - Date.parse(line.at) < dayMs) return 'awaited'
    const record = await ownerOf(line)
    if (!record) {
      const remedy = line.kind === 'payment' ? 'import_payment' : 'ask_vendor'
      const detail = `The store has no payment of this line: ${line.text}.`
      return only(toDifference('line_without_payment', remedy, line, { line, detail }))
    }
    const { state, facts } = context.rules.derive(record)
    if (ledger.listsApproved && line.kind === 'payment' && isWaiting(state?.state)) return 'awaited'
    const isPaid = movementsOf(record, facts, rail).some(({ kind }) => kind === 'payment')
    const remedy: Remedy = line.kind === 'payment' && isPaid ? 'refund' : 'review'
    const payment = refIn(record, line)
    const detail = `The store does not contain this ${wordsOf(line.kind)} of the payment: ${line.text}.`
    const difference = toDifference('line_without_payment', remedy, line, {
      line,
      payment,
      reference: state?.reference ?? null,
      detail,
    })
    return { difference, record, line }
  }

  function isAwaited({ kind, at, isConfirmed }: Movement): boolean {
    const day = dayOf(at)
    const wait = (kind === 'refund' || kind === 'payout') && !isConfirmed ? windowDays * dayMs : dayMs
    const [first, last] = [dayAfter(day, -1), dayAfter(day, windowDays)]
    return now - Date.parse(at) < wait || failedDays().some((failed) => failed >= first && failed <= last)
  }

  function settlement(finding: SettlementFinding): Difference {
    if ('settlement' in finding) {
      const { id, total, sum, currency } = finding.settlement
      const isTotal = finding.kind === 'settlement_total_differs'
      const sides = {
        day: finding.day,
        kind: 'settlement' as const,
        currency,
        amount: isTotal ? addDecimals(sum, negated(total)) : total,
        vendorId: id,
      }
      const detail = isTotal
        ? `The lines of settlement ${id} are ${money(sum, currency)}, and its total is ${money(total, currency)}.`
        : `Settlement ${id} of ${money(total, currency)} is not in the ledger.`
      return toDifference(finding.kind, 'ask_vendor', sides, { line: { id: `${id} ${total} ${sum}` }, detail })
    }
    const { kind, line, day } = finding
    const id =
      'id' in line
        ? line.id
        : [line.settlement, line.at, line.vendorId, line.amount, line.currency, line.text].join('|')
    return toDifference(
      kind,
      'ask_vendor',
      { ...line, day },
      { line: { id }, detail: `${settlementWords[kind]}: ${line.text}.` },
    )
  }

  function balance({ currency, closing, expected }: BalanceFinding, day: string): Difference {
    const sides = { day, kind: null, currency, amount: addDecimals(closing, negated(expected)) }
    const detail = `The balance is ${money(closing, currency)}, and should be ${money(expected, currency)}.`
    return toDifference('balance_differs', 'ask_vendor', sides, { line: { id: `${day} ${currency}` }, detail })
  }

  interface Sides {
    readonly day: string
    readonly kind: Difference['about']
    readonly amount: Decimal
    readonly currency: string
    readonly vendorId?: string | null
  }

  interface About extends Partial<Pick<Difference, 'payment' | 'reference' | 'detail'>> {
    readonly kind?: Difference['about']
    readonly line?: { readonly id: string }
    readonly movement?: Movement
    readonly row?: string
  }

  function sidesOf(movement: Movement, { day, amount }: Pick<Sides, 'day' | 'amount'>): Sides {
    const { kind, currency, vendorIds } = movement
    return { day, kind, amount, currency, vendorId: vendorIds[0] ?? null }
  }

  function toDifference(kind: DifferenceKind, remedy: Remedy, sides: Sides, about: About): Difference {
    const {
      line,
      movement,
      row,
      payment = movement?.payment ?? null,
      reference = movement?.reference ?? null,
      detail = '',
    } = about
    const { day, currency, amount, vendorId = null } = sides
    const id = createHash('sha256')
      .update([rail, kind, line?.id, movement?.id, row].join('\n'))
      .digest('base64url')
      .slice(0, 22)
    return {
      id: `${kind}-${id}`,
      kind,
      remedy,
      rail,
      day,
      about: movement?.kind ?? sides.kind,
      amount,
      currency,
      payment,
      reference,
      vendorId,
      detail,
    }
  }

  /** The payment of a line: by the vendor id, and where the vendor names our own id, by it. */
  async function ownerOf({ vendorId, merchantReference }: LedgerEntry): Promise<PaymentRecord | null> {
    if (vendorId === null) return null
    const named = ledger.namesReferences ? merchantReference : null
    return context.store.findByVendorId({ rail, vendorId, merchantReference: named })
  }

  async function recordOf(reference: string): Promise<PaymentRecord | null> {
    return context.store.find(reference)
  }

  function refIn(record: PaymentRecord, { vendorId }: LedgerEntry): PaymentRef | null {
    const { intents, reports } = ofRail(record, rail)
    const known =
      intents.find(({ vendorIds, intent }) => intent.kind !== 'refund' && vendorIds.includes(vendorId ?? ''))?.intent ??
      intents.find(({ intent }) =>
        reports.some((report) => report.vendorId === vendorId && report.intent === paymentRef(intent)),
      )?.intent ??
      intents[0]?.intent
    return known ? paymentRef(known) : null
  }
}

const isWaiting = (state: string | undefined): boolean => state === 'pending' || state === 'not_credited_yet'

const money = (amount: Decimal, currency: string): string => `${formatDecimal(amount, currency)} ${currency}`

const wordsOf = (kind: Difference['about']): string =>
  (kind ?? 'line').replace('_return', ' that came back').replaceAll('_', ' ')

const settlementWords = {
  settled_line_without_ledger_line: 'The settlement report has a line that is not in the ledger',
  unknown_line: 'The settlement report has a line that is not known',
  line_not_settled: 'The settlement of its days does not have this line of the ledger',
  settlement_without_report: 'No settlement report explains this money to the bank',
} as const
