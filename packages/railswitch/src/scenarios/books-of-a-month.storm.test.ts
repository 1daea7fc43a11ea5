import {
  type Decimal,
  type Fact,
  type Intent,
  memoryStore,
  type PaymentProvider,
  type PaymentRecord,
  paymentRef,
  readDecimal,
  type SettledLine,
  type VendorLedger,
  type VendorLine,
} from '@railswitch/core'
import { compareLedger, type LedgerDay } from '../reconcile/books/compare-ledger.ts'
import { dayAfter } from '../reconcile/books/match-lines.ts'
import { booksContext } from './__fixtures__/books-context.ts'

const from = '2026-03-01'
const to = '2026-03-31'
const perDay = 500

const decimal = (text: string): Decimal => readDecimal(text) as Decimal
const settings = { callbackUrl: 'https://shop.example/callbacks/r/token' }
const within = (day: string): boolean => day >= from && day <= to

/** The payments of a day: each third has a refund, each seventh is partly reversed. None is kept in memory. */
function* recordsOf(day: string): Iterable<PaymentRecord> {
  if (!within(day)) return
  for (let index = 0; index < perDay; index += 1) {
    const at = timeOf(day, index)
    const reference = `${day}-${index}`
    const deposit: Intent = { kind: 'deposit', rail: 'r', reference, attempt: 1, expect: moneyOf(index), settings }
    const of = paymentRef(deposit)
    const refund: Intent = { ...deposit, kind: 'refund', reference: `${reference}-r`, expect: sek('1.00'), of }
    const intents = [deposit, ...(index % 3 === 0 ? [refund] : [])]
    yield {
      key: reference,
      intents: intents.map((intent) => ({
        intent,
        fingerprint: '',
        begunAt: at,
        resumed: false,
        conclusion: { state: 'accepted', result: { status: 'accepted', payment: paymentRef(intent) } },
        vendorIds: [idOf(day, index)],
      })),
      reports: [],
      emitted: [],
    }
  }
}

const sek = (value: string) => ({ value, currency: 'SEK' })
const moneyOf = (index: number) => sek(`${100 + index}.${String(index % 100).padStart(2, '0')}`)
const idOf = (day: string, index: number): string => `${day.replaceAll('-', '')}${index}`
const timeOf = (day: string, index: number): string => new Date(Date.parse(day) + index * 86_399).toISOString()

/** The vendor of these payments: its ledger, with fees and back-office bookings, and a settlement each morning. */
const linesOf = (day: string): readonly VendorLine[] => {
  if (!within(day)) return []
  const lines: VendorLine[] = []
  const book = (
    index: number,
    kind: VendorLine['kind'],
    amount: string,
    vendorId: string | null = idOf(day, index),
  ): void =>
    void lines.push({
      at: timeOf(day, index),
      kind,
      amount: decimal(amount),
      currency: 'SEK',
      vendorId,
      merchantReference: null,
      text: kind ?? '',
    })
  for (let index = 0; index < perDay; index += 1) {
    book(index, 'payment', `${moneyOf(index).value}000001`)
    book(index, 'fee', '-0.123456789')
    if (index % 3 === 0) book(index, 'refund', '-1.00')
    if (index % 7 === 0) book(index, 'reversal', '-2.00')
    if (index % 100 === 0) book(index, 'back_office', '50.00', null)
  }
  return lines
}

const cents = (amount: string): bigint =>
  BigInt((/^-?\d+\.\d\d/.exec(`${amount}${amount.includes('.') ? '00' : '.00'}`)?.[0] ?? '0').replace('.', ''))

const settledOn = (day: string): readonly SettledLine[] => {
  const lines = linesOf(dayAfter(day, -1))
  const rounded = lines.map((line) => ({ ...line, amount: decimal(textOf(cents(line.amount))) }))
  const total = decimal(textOf(rounded.reduce((sum, { amount }) => sum + cents(amount), 0n)))
  return rounded.map((line) => ({ ...line, settlement: day, total }))
}

const textOf = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What the reports of such a payment mean. */
const interpret = ({ intents }: PaymentRecord): readonly Fact[] => {
  const [
    {
      intent,
      begunAt: at,
      vendorIds: [vendorId = ''],
    } = { intent: null, begunAt: '', vendorIds: [] },
  ] = intents
  if (intent === null) return []
  const base = { intent: paymentRef(intent), vendorId, at, evidence: [vendorId], source: 'vendor' as const }
  const index = Number(vendorId.slice(8))
  return [
    { ...base, type: 'deposit.credited', amount: intent.expect, key: 'credit' },
    ...(index % 7 === 0 ? [{ ...base, type: 'deposit.reversed' as const, amount: sek('2.00'), key: 'debit' }] : []),
  ]
}

const compare = (
  change: (lines: readonly VendorLine[], day: string) => readonly VendorLine[],
  onDay?: (day: LedgerDay) => void,
) => {
  const ledger: VendorLedger = {
    notReported: [],
    async *lines({ from: day }) {
      const settled = within(dayAfter(day, -1)) ? settledOn(day)[0] : undefined
      const paid: readonly VendorLine[] = settled
        ? [
            {
              ...settled,
              at: `${day}T05:30:00.000Z`,
              kind: 'settlement',
              amount: `-${settled.total}` as Decimal,
              vendorId: null,
              text: 'settlement',
            },
          ]
        : []
      yield* change([...linesOf(day), ...paid], day)
    },
    async *settled(day) {
      yield* settledOn(day)
    },
  }
  const provider = { id: 'vendor', interpret } as unknown as PaymentProvider
  const rails = new Map([['r', provider]])
  const store = {
    ...memoryStore(),
    async *happenedBetween(span: { readonly from: string }) {
      yield* recordsOf(span.from.slice(0, 10))
    },
  }
  const context = booksContext(rails, store, () => new Date('2026-05-01T00:00:00Z'))
  return compareLedger(context, { rail: 'r', provider, ledger }, { from, to }, onDay ? { onDay } : {})
}

test('a month of fifteen thousand payments, in which amounts have more decimals than the currency, leaves no residue', async () => {
  const seen: string[] = []
  const result = await compare(
    (lines) => lines,
    ({ day }) => {
      seen.push(day)
    },
  )
  expect(result).toMatchObject({ agrees: true, differenceCount: 0, awaited: 0, failed: [] })
  expect(seen).toHaveLength(31)
  expect(result.lines).toBeGreaterThan(38_000)
  expect(result.totals[0]?.rounding).toBe('0.000155')
})

test('one line of these that has a cent more is found', async () => {
  const changed = await compare((lines, day) =>
    day !== '2026-03-17'
      ? lines
      : lines.map((line, index) => (index === 777 ? { ...line, amount: decimal('999.99') } : line)),
  )
  expect(changed).toMatchObject({ agrees: false })
  // The settlement of the day is the next morning's.
  expect(changed.differences.map(({ kind, day }) => `${day} ${kind}`).sort()).toEqual([
    '2026-03-17 amount_differs',
    '2026-03-17 line_not_settled',
    '2026-03-18 settled_line_without_ledger_line',
  ])
})
