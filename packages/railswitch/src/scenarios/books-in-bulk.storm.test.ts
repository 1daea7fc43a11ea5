import { addDecimals, type Decimal } from '@railswitch/core'
import { dayAfter } from '../reconcile/books/match-lines.ts'
import { periodAtTrustly } from './__fixtures__/period-at-trustly.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

/** `RAILSWITCH_BOOKS_PAYMENTS=100000 npm run test:storms -- books-in-bulk` proves it for so many payments. */
const wanted = Number(process.env.RAILSWITCH_BOOKS_PAYMENTS ?? 300)
const perDay = Math.max(30, Math.ceil(wanted / 100))
const days = Math.ceil(wanted / perDay)
/** Notifications of so many payments are lost together. */
const batch = 30
const first = '2026-03-01'
const dayOf = (number: number): string => dayAfter(first, number - 1)

/** What happens to calls and notifications, besides those that are lost. */
const chaos = {
  rules: [
    { do: 'duplicate', on: 'callback', probability: 0.05 },
    { do: 'concurrent', on: 'callback', probability: 0.02 },
    { do: 'shuffled-members', on: 'callback', probability: 0.05 },
    { do: 'unknown-fields', on: 'callback', probability: 0.05 },
    { do: 'drop', on: 'call', method: 'Deposit', probability: 0.01 },
  ],
} as const

type Period = Awaited<ReturnType<typeof periodAtTrustly>>

const explained = async ({ payments }: Period, from: string, to: string) => {
  const { ledgers } = await payments.reconcile({ rail: 't', from, to })
  const [ledger] = ledgers
  expect(ledger).toMatchObject({ agrees: true, differences: [], awaited: 0, failed: [] })
  return { lines: ledger?.lines ?? 0, totals: ledger?.totals ?? [] }
}

/** Payments with everything that can follow. Each of them has a number within its day. */
const playBatch = async (period: Period, day: number, numbers: readonly number[]): Promise<void> => {
  const { trustly, payments, at, begin, pay, orderInStore } = period
  const ends: (() => void)[] = []
  for (const index of numbers) {
    const name = `${day}-${index}`
    at(`${dayOf(day)}T${String(8 + (index % 15)).padStart(2, '0')}:59:59.999Z`)
    const payment = await pay(`paid-${name}`, `${100 + index}.${String(index % 100).padStart(2, '0')}`)
    const order = await orderInStore(`paid-${name}`)
    if (index % 3 === 0) await payments.refund({ payment, reference: `refund-${name}`, amount: sek('1.01') })
    if (index % 5 === 0) {
      await payments.refund({ payment, reference: `back-${name}`, amount: sek('2.02') })
      ends.push(() => trustly.returnRefund(order, '2.02'))
    }
    if (index % 7 === 0) ends.push(() => trustly.debit(order, '3.03'))
    if (index % 4 === 0) {
      const to = { to: { payment }, customer: { id: 'customer-1' } }
      await payments.payout({ reference: `payout-${name}`, amount: sek('4.04'), ...to })
      const payout = await orderInStore(`payout-${name}`)
      ends.push(() => (index % 8 === 0 ? trustly.failPayout(payout) : trustly.confirmPayout(payout)))
    }
    if (index % 11 === 0) {
      await begin(`left-${name}`)
      trustly.cancel(await orderInStore(`left-${name}`))
    }
  }
  await period.unreliably(() => {
    for (const end of ends) end()
  })
}

test(
  `${days * perDay} payments, with lost, late and repeated notifications and what the back office books, leave no residue`,
  async () => {
    const period = await periodAtTrustly(`${first}T08:00:00Z`, 't', 3 * wanted)
    const { trustly, at } = period
    trustly.change({ fee: '0.35', account: true, payoutconfirmation: true })
    period.chaos.set(chaos)
    let lost = 0
    for (let day = 1; day <= days; day += 1) {
      at(`${dayOf(day)}T05:30:00Z`)
      // Every third day, so that a settlement covers several.
      if (day % 3 === 1 && day > 1) trustly.automaticSettlement(dayOf(day))
      at(`${dayOf(day)}T08:00:00Z`)
      if (day % 2 === 0) {
        lost += await period.deliverLost()
        period.archive()
      }
      trustly.fund('50000.00', 'SEK')
      for (let next = 0; next < perDay; next += batch) {
        const numbers = Array.from({ length: Math.min(batch, perDay - next) }, (_, index) => next + index)
        await playBatch(period, day, numbers)
        if (perDay <= batch) continue
        lost += await period.deliverLost()
        period.archive()
      }
      trustly.exchange({ amount: '110.00', currency: 'SEK' }, { amount: '10.00', currency: 'EUR' })
      if (day % 10 !== 0 || day < 20) continue
      const { lines } = await explained(period, dayOf(day - 19), dayOf(day - 10))
      process.stderr.write(
        `${new Date().toISOString()} ${(day - 10) * perDay} payments agree, ${lines} lines of ten days\n`,
      )
    }
    lost += await period.deliverLost()
    expect(lost).toBeGreaterThan(days * perDay * 0.15)
    const last = dayOf(days + 1)
    at(`${last}T05:30:00Z`)
    trustly.automaticSettlement(last)
    at(`${dayAfter(last, 30)}T00:00:00Z`)
    const { lines, totals } = await explained(period, first, last)
    expect(lines).toBeGreaterThan(days * perDay * 3)
    // Everything is settled but the fee of the last settlement.
    for (const { movements, settled } of totals) expect(addDecimals(movements, '0.35' as Decimal)).toBe(settled)
    expect(totals.map(({ currency, rounding }) => `${currency} ${rounding}`)).toEqual(['EUR 0', 'SEK 0'])
    await period.close()
  },
  5 * 60 * 60_000,
)
