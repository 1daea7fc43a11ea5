import { type Outcome, PaymentError, type PaymentRef } from '@railswitch/core'
import type { Payments } from '../payments.ts'
import { type ShopAtPayabl, shopAtPayabl } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

/**
 * Responses are dropped after execution, processes crash and restart, calls are made twice at once and again with a new attempt, balances are
 * too low, banks return money, and look-ups are lost. For any seed, the sandbox's books must contain each movement at most once.
 */
const seed = 20_261_121
const runs = 500
const atOnce = 25
const amount = sek('10.00')

type Ask = (payments: Payments<void>, attempt?: number) => Promise<Outcome>

/** One movement of money out, and its entries in the books. */
interface Movement {
  readonly kind: 'refund' | 'payout'
  readonly reference: string
  readonly ask: Ask
  readonly done: (shop: ShopAtPayabl) => number
}

/** Deterministic: mulberry32. */
const dice = (start: number) => {
  let state = start
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    chance: (share: number): boolean => next() < share,
    below: (most: number): number => Math.floor(next() * most),
  }
}

let shop: ShopAtPayabl
beforeEach(async () => {
  shop = await shopAtPayabl({ account: { balance: { SEK: '1000000.00' } } })
})
afterEach(() => shop.close())

const paidDeposit = async (payments: Payments<void>, reference: string): Promise<PaymentRef> => {
  const { payment } = await payments.deposit(depositOf(reference))
  const found = shop.sandbox.payabl
    .books()
    .payments.find(({ transactions }) => transactions.some(({ orderid }) => orderid === reference))
  shop.sandbox.payabl.credit(found?.transactions[0]?.transactionId ?? '')
  await shop.sandbox.payabl.idle()
  return payment
}

const livePayouts = (reference: string): number =>
  shop
    .payouts()
    .filter((payout) => payout.split(' ')[0]?.replace(/_\d+$/, '') === reference && payout.endsWith('accepted')).length

const refundOf = (payment: PaymentRef, deposit: string, reference: string): Movement => ({
  kind: 'refund',
  reference,
  ask: (payments, attempt = 1) => payments.refund({ payment, reference, amount, attempt }),
  done: ({ sandbox }) =>
    sandbox.payabl
      .books()
      .payments.filter(({ transactions }) => transactions.some(({ orderid }) => orderid === deposit))
      .flatMap(({ transactions }) => transactions[0]?.refunds ?? []).length,
})

const payoutOf = (payment: PaymentRef | null, reference: string): Movement => ({
  kind: 'payout',
  reference,
  ask: (payments, attempt = 1) =>
    payments.payout(
      payment
        ? { reference, amount, attempt, to: { payment }, customer: { id: 'c' } }
        : {
            reference,
            amount,
            attempt,
            to: { account: { country: 'SE', accountNumber: '69706212', bankNumber: '6112' } },
            customer: { id: 'c', firstName: 'Åsa', lastName: 'Öberg', email: 'a@b.example', dateOfBirth: '1979-01-31' },
          },
    ),
  done: () => livePayouts(reference),
})

/** The results of a call that are allowed: accepted, unknown, or an error that is certain. */
const outcomeOf = async (asked: Promise<Outcome>): Promise<string> => {
  try {
    return (await asked).status
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error
    expect(error.effect).not.toBe('may_have_happened')
    return error.code
  }
}

const stateOf = async (payments: Payments<void>, { kind, reference }: Movement, deposit: string): Promise<string> => {
  if (kind === 'payout') return (await payments.getPayout({ reference })).state
  const { refunds } = await payments.getDeposit({ reference: deposit })
  return refunds.find((refund) => refund.reference === reference)?.state ?? 'refused'
}

const { chance, below } = dice(seed)
const counts = { dropped: 0, lostLookUps: 0, unknown: 0, returned: 0, runs: 0 }

describe(`the sandbox's books contain no payment twice: seed ${seed}, ${runs} runs`, () => {
  test.each(Array.from({ length: runs / atOnce }, (_, batch) => batch * atOnce))('from run %d on', async (first) => {
    const { faults } = shop.sandbox.payabl
    const payments = shop.later(0)
    const batch = await Promise.all(
      Array.from({ length: atOnce }, async (_, index) => {
        const [deposit, reference, kind] = [`d-${first + index}`, `m-${first + index}`, below(3)]
        const payment = await paidDeposit(payments, deposit)
        const movements = [refundOf(payment, deposit, reference), payoutOf(payment, reference)]
        return { deposit, movement: movements[kind] ?? payoutOf(null, reference) }
      }),
    )
    await Promise.all(batch.map(({ movement }) => ask(movement, payments)))
    const returned = batch.flatMap(({ movement }) => (movement.kind === 'payout' && chance(0.2) ? [movement] : []))
    for (const { reference } of returned) failByBank(reference)
    await shop.sandbox.payabl.idle()
    if (chance(0.3)) {
      faults.dropNextAnswer('tx_diagnose')
      counts.lostLookUps += 1
    }
    await shop.later().sync()
    const settled = shop.later(1)
    await settled.sync()
    for (const { deposit, movement } of batch) {
      const isReturned = returned.includes(movement)
      expect([movement.reference, movement.done(shop)]).toEqual([movement.reference, isReturned ? 0 : 1])
      const state = await stateOf(settled, movement, deposit)
      expect(isReturned ? ['failed'] : ['accepted', 'confirmed', 'unknown']).toContain(state)
      // Only money that the bank returned may be paid again.
      const again = await outcomeOf(movement.ask(settled, 2))
      expect([movement.reference, again]).toEqual([movement.reference, isReturned ? 'accepted' : 'conflict'])
      expect(movement.done(shop)).toBe(1)
    }
    expect(shop.payouts().filter((payout) => payout.endsWith('accepted')).length + shop.refunds().length).toBe(atOnce)
    counts.runs += atOnce
    counts.returned += returned.length
  })

  test('every kind of fault occurred', () => {
    expect(counts.runs).toBe(runs)
    expect(Math.min(counts.dropped, counts.lostLookUps, counts.unknown, counts.returned)).toBeGreaterThan(2)
  })
})

/** Some calls are made twice at once, some again by a new process, some with a further attempt. */
const ask = async (movement: Movement, payments: Payments<void>): Promise<void> => {
  // Drawn before anything is awaited, so that the result depends only on the seed.
  const plan = {
    drop: chance(0.5),
    restart: chance(0.3),
    atOnce: chance(0.3),
    again: below(3),
    withNewAttempt: chance(0.5),
  }
  if (plan.drop) {
    shop.sandbox.payabl.faults.dropNextAnswer(movement.kind === 'refund' ? 'payment_refund' : 'payment_cft')
    counts.dropped += 1
  }
  const process = plan.restart ? shop.later(0) : payments
  const calls = [movement.ask(payments), ...(plan.atOnce ? [movement.ask(process)] : [])]
  const outcomes = await Promise.all(calls.map(outcomeOf))
  if (outcomes.includes('unknown')) counts.unknown += 1
  for (let again = plan.again; again > 0; again -= 1) await outcomeOf(movement.ask(process))
  if (plan.withNewAttempt) expect(await outcomeOf(movement.ask(process, 2))).toBe('conflict')
}

const failByBank = (reference: string): void => {
  for (const { transactions } of shop.sandbox.payabl.books().payments)
    for (const { type, orderid, transactionId } of transactions)
      if (type === 'cft' && orderid === reference) shop.sandbox.payabl.failPayout(transactionId)
}
