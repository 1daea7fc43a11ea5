import { addDecimals, type Decimal } from '@railswitch/core'
import { periodAtTrustly } from './__fixtures__/period-at-trustly.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

const days = 10
const perDay = 30
const dayOf = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`

test('hundreds of payments, with lost, late and repeated notifications and what the back office books, leave no residue', async () => {
  const period = await periodAtTrustly('2026-03-01T08:00:00Z')
  const { payments, trustly, at, pay, orderOf, unreliably, deliverLost } = period
  trustly.change({ fee: '0.35', account: true, payoutconfirmation: true })
  let lost = 0
  for (let number = 1; number <= days; number += 1) {
    at(`${dayOf(number)}T05:30:00Z`)
    // Every third day, so that a settlement covers several.
    if (number % 3 === 1 && number > 1) trustly.automaticSettlement(dayOf(number))
    at(`${dayOf(number)}T08:00:00Z`)
    if (number % 2 === 0) lost += await deliverLost()
    trustly.fund('20000.00', 'SEK')
    const ends: (() => void)[] = []
    for (let index = 0; index < perDay; index += 1) {
      const name = `${number}-${index}`
      at(`${dayOf(number)}T${String(8 + (index % 15)).padStart(2, '0')}:59:59.999Z`)
      const payment = await pay(`paid-${name}`, `${100 + index}.${String(index % 100).padStart(2, '0')}`)
      if (index % 3 === 0) await payments.refund({ payment, reference: `refund-${name}`, amount: sek('1.01') })
      if (index % 5 === 0) {
        await payments.refund({ payment, reference: `back-${name}`, amount: sek('2.02') })
        ends.push(() => trustly.returnRefund(orderOf(`paid-${name}`), '2.02'))
      }
      if (index % 7 === 0) ends.push(() => trustly.debit(orderOf(`paid-${name}`), '3.03'))
      if (index % 4 === 0) {
        const to = { to: { payment }, customer: { id: 'customer-1' } }
        await payments.payout({ reference: `payout-${name}`, amount: sek('4.04'), ...to })
        if (index % 8 === 0) ends.push(() => trustly.failPayout(orderOf(`payout-${name}`)))
        else ends.push(() => trustly.confirmPayout(orderOf(`payout-${name}`)))
      }
      if (index % 11 === 0) {
        await payments.deposit(depositOf(`left-${name}`))
        trustly.cancel(orderOf(`left-${name}`))
      }
    }
    await unreliably(() => {
      for (const end of ends) end()
    })
    trustly.exchange({ amount: '110.00', currency: 'SEK' }, { amount: '10.00', currency: 'EUR' })
  }
  lost += await deliverLost()
  expect(lost).toBeGreaterThan(50)
  at(`${dayOf(days + 1)}T05:30:00Z`)
  trustly.automaticSettlement(dayOf(days + 1))
  const reports = await period.reports('2026-02-22', '2026-03-25')
  const { totals, lines, ...result } = await period.compare(reports, { from: dayOf(1), to: dayOf(days + 1) })
  expect(result).toMatchObject({ agrees: true, differences: [], awaited: 0, failed: [] })
  expect(lines).toBeGreaterThan(days * perDay * 3)
  // Everything is settled but the fee of the last settlement.
  for (const { movements, settled } of totals) expect(addDecimals(movements, '0.35' as Decimal)).toBe(settled)
  expect(totals.map(({ currency, rounding }) => `${currency} ${rounding}`)).toEqual(['EUR 0', 'SEK 0'])
  await period.close()
})
