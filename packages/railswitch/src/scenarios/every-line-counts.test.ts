import { addDecimals, type Decimal, type SettledLine, type VendorLine } from '@railswitch/core'
import * as fc from 'fast-check'
import { directionOf } from '../reconcile/books/match-lines.ts'
import { type Reports, variedPeriod } from './__fixtures__/period-at-trustly.ts'

const days = { from: '2026-03-01', to: '2026-03-06' }

let period: Awaited<ReturnType<typeof variedPeriod>>
let reports: Reports
beforeAll(async () => {
  period = await variedPeriod()
  reports = await period.reports('2026-02-22', '2026-03-14')
}, 60_000)
afterAll(() => period.close())

test('five days with everything agree', async () => {
  const { lines, totals, ...result } = await period.compare(reports, days)
  expect(result).toMatchObject({ agrees: true, differences: [], awaited: 0, failed: [] })
  expect(lines).toBeGreaterThan(100)
  expect(totals.map(({ currency, vendor }) => [currency, Object.keys(vendor).sort().join(' ')])).toEqual([
    ['EUR', 'exchange fee payment settlement'],
    ['SEK', 'back_office exchange fee payment payout payout_return refund refund_return reversal settlement'],
  ])
})

type Book = keyof Reports
interface Place {
  readonly book: Book
  readonly day: string
  readonly index: number
}

/** The lines whose truth another report or the store shows: those of the days that are settled, and money to the bank. */
const places = (): readonly Place[] =>
  (['ledger', 'settled'] as const).flatMap((book) =>
    Object.entries<readonly VendorLine[]>(reports[book]).flatMap(([day, lines]) =>
      lines.flatMap(({ at, kind }, index) =>
        book === 'settled' || at < '2026-03-06' || kind === 'settlement' ? [{ book, day, index }] : [],
      ),
    ),
  )

/** Another line; null: none. */
type Mutation = (line: VendorLine & Partial<SettledLine>) => (VendorLine & Partial<SettledLine>) | null

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
const hourMs = 3_600_000

const changes: readonly (readonly [string, Mutation])[] = [
  ['is missing', () => null],
  ['has a cent more', (line) => ({ ...line, amount: addDecimals(line.amount, '0.01' as Decimal) })],
  ['has a cent less', (line) => ({ ...line, amount: addDecimals(line.amount, '-0.01' as Decimal) })],
  [
    'has the other sign',
    (line) => ({
      ...line,
      amount: (line.amount.startsWith('-') ? line.amount.slice(1) : `-${line.amount}`) as Decimal,
    }),
  ],
  ['has another currency', (line) => ({ ...line, currency: line.currency === 'SEK' ? 'EUR' : 'SEK' })],
  ['is of another order', (line) => (line.vendorId === null ? null : { ...line, vendorId: '1234567890' })],
  ['is unknown', (line) => ({ ...line, kind: null, text: 'CORRECTION: something' })],
  [
    'is something else',
    (line) => ({ ...line, kind: line.kind === 'fee' || directionOf(line.kind) === 'in' ? 'back_office' : 'fee' }),
  ],
  ['is of another day', (line) => ({ ...line, at: later(line.at, -24 * hourMs) })],
]

const additions: readonly (readonly [string, Mutation])[] = [
  ['comes twice', (line) => line],
  ['comes twice, for another order', (line) => ({ ...line, vendorId: '1234567890' })],
  ['comes again an hour later', (line) => ({ ...line, at: later(line.at, hourMs) })],
]

const withChange = (
  { book, day, index }: Place,
  change: (line: VendorLine) => readonly (VendorLine | null)[],
): Reports => {
  const lines: readonly VendorLine[] = reports[book][day] ?? []
  const changed = lines.flatMap((line, at) => (at === index ? change(line).filter((one) => one !== null) : [line]))
  return { ...reports, [book]: { ...reports[book], [day]: changed } }
}

const kindsFound = async (changed: Reports): Promise<readonly string[]> => {
  const { agrees, differences } = await period.compare(changed, days)
  expect(agrees).toBe(differences.length === 0)
  return differences.map(({ kind }) => kind)
}

test.each(changes)('every line that %s is found', async (name, change) => {
  const isFound = fc.asyncProperty(fc.constantFrom(...places()), async (place) => {
    const line: VendorLine | undefined = reports[place.book][place.day]?.[place.index]
    // Money to the bank has no time of its own in the settlement report.
    if (name === 'is of another day' && line?.kind === 'settlement') return
    expect(await kindsFound(withChange(place, (one) => [change(one)]))).not.toEqual([])
  })
  await fc.assert(isFound, { numRuns: 8 })
})

test.each(additions)('every line that %s is found', async (name, change) => {
  const isFound = fc.asyncProperty(fc.constantFrom(...places()), async (place) => {
    const line: VendorLine | undefined = reports[place.book][place.day]?.[place.index]
    if (name !== 'comes twice' && (line?.kind === 'settlement' || line?.vendorId === null)) return
    if (name === 'comes again an hour later' && (line?.at ?? '') >= '2026-03-05T23') return
    expect(await kindsFound(withChange(place, (one) => [one, change(one)]))).not.toEqual([])
  })
  await fc.assert(isFound, { numRuns: 8 })
})

test('a line of another program is a difference, unless it is named as foreign', async () => {
  const line: VendorLine = {
    at: '2026-03-02T12:00:00.000Z',
    kind: 'payment',
    amount: '70' as Decimal,
    currency: 'SEK',
    vendorId: '1234567890',
    merchantReference: 'other-1',
    text: 'SUSPENSE_ACCOUNT_CLIENT_FUNDS_SWEDEN_ESSE',
  }
  const settled = { ...line, settlement: '1', total: line.amount }
  const day = '2026-03-02'
  const changed: Reports = {
    ledger: { ...reports.ledger, [day]: [...(reports.ledger[day] ?? []), line] },
    settled: { ...reports.settled, '2026-03-03': [...(reports.settled['2026-03-03'] ?? []), settled] },
  }
  const { differences } = await period.compare(changed, days)
  expect(differences.map(({ kind, remedy }) => `${kind} ${remedy}`).sort()).toEqual([
    'line_without_payment import_payment',
    'settlement_without_line ask_vendor',
  ])
  const named = await period.compare(changed, days, {
    isForeign: ({ merchantReference }) => merchantReference === 'other-1',
  })
  expect(named.differences.map(({ kind }) => kind)).toEqual(['settlement_without_line'])
  expect(named.totals.find(({ currency }) => currency === 'SEK')?.vendor.foreign).toBe('70')
})

test('rows that are not valid are refused with their field', async () => {
  const rows = () => [{ reference: 'order-1', kind: 'payment' as const, amount: { value: '1,00', currency: 'SEK' } }]
  await expect(period.compare(reports, days, { rows })).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ field: 'rows.amount.value', rule: expect.stringContaining('order-1') }],
  })
})

test('the sums of the vendor and the store differ by exactly what is named', async () => {
  const all = places()
  const isExplained = fc.asyncProperty(
    fc.constantFrom(...all),
    fc.constantFrom(...changes),
    async (place, [, change]) => {
      const { totals, differences } = await period.compare(
        withChange(place, (line) => [change(line)]),
        days,
      )
      for (const { currency, vendor, store, rounding } of totals) {
        const sum = (book: object): Decimal =>
          addDecimals(
            ...Object.entries(book).flatMap(([kind, amount]) =>
              directionOf(kind as VendorLine['kind']) ? [amount] : [],
            ),
          )
        const named = differences.filter(
          (one) =>
            one.currency === currency &&
            directionOf(one.about) !== null &&
            ['line_without_payment', 'payment_without_line', 'amount_differs'].includes(one.kind),
        )
        expect(addDecimals(sum(store), rounding, ...named.map(({ amount }) => amount))).toBe(sum(vendor))
      }
    },
  )
  await fc.assert(isExplained, { numRuns: 40 })
})
