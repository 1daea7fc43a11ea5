import type { Country, Signing } from './action.ts'
import type { Random } from './random.ts'
import type { Add, Has } from './swarm.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Mandates of managed direct debit, and what is charged on them. */
export const drawMandates = (random: Random, has: Has, add: Add): void => {
  drawSigned(random.stream('signed'), has, add)
  if (random.chance(0.3)) drawImported(random.stream('imported'), has, add)
}

const drawSigned = (random: Random, has: Has, add: Add): void => {
  const start = random.integer(0, hour)
  const reference = 'mandate-1'
  const country = random.pick<Country>(['SE', 'GB'])
  const clicks = has('double clicks') && random.chance(0.5) ? 2 : 1
  add(start, { does: 'sign mandate', reference, country, clicks, signing: drawSigning(random.stream('signing')) })
  drawUse(random.stream('use'), { reference, start }, has, add)
  if (country === 'GB')
    for (const likelihood of [0.6, 0.3])
      if (random.chance(likelihood)) add(start + random.integer(hour, 6 * day), { does: 'move mandate', of: reference })
  if (random.chance(0.4)) add(start + random.integer(minute, 4 * day), { does: 'try again', of: reference, attempt: 2 })
}

const drawSigning = (random: Random): Signing => {
  const way = random.pick(['signs', 'signs', 'signs', 'signs', 'cancels', 'leaves'] as const)
  return way === 'signs' ? { way, registeredAfterMs: random.pick([0, second, hour, 3 * day]) } : { way }
}

const drawImported = (random: Random, has: Has, add: Add): void => {
  const start = random.integer(0, hour)
  add(start, { does: 'choose account', reference: 'account-m' })
  add(start + random.integer(minute, hour), { does: 'import mandate', of: 'account-m', reference: 'mandate-2' })
  drawUse(random.stream('use'), { reference: 'mandate-2', start }, has, add)
}

interface Mandate {
  readonly reference: string
  readonly start: number
}

const drawUse = (random: Random, { reference, start }: Mandate, has: Has, add: Add): void => {
  const later = (most: number) => start + random.integer(minute, most)
  for (let number = 1; number <= random.integer(1, 3); number += 1)
    drawCharge(
      random.stream('charge', number),
      { of: reference, reference: `${reference}-c${number}`, start },
      has,
      add,
    )
  if (random.chance(0.4))
    add(later(5 * day), {
      does: 'pay out',
      of: reference,
      reference: `${reference}-out`,
      amount: '10.00',
      clicks: random.integer(1, 2),
    })
  if (random.chance(0.2)) add(later(9 * day), { does: 'fail payout', of: `${reference}-out` })
  if (random.chance(0.3)) add(later(8 * day), { does: 'revoke mandate', of: reference })
  if (random.chance(0.3)) add(later(8 * day), { does: 'cancel mandate', of: reference })
}

const drawCharge = (
  random: Random,
  { of, reference, start }: Mandate & { readonly of: string },
  has: Has,
  add: Add,
): void => {
  const called = start + random.integer(0, 6 * day)
  const later = (most: number) => called + random.integer(minute, most)
  add(called, { does: 'charge', of, reference, amount: random.pick(['10.00', '40.00']) })
  if (random.chance(0.2)) add(later(hour), { does: 'cancel charge', of: reference })
  if (random.chance(0.2)) add(later(9 * day), { does: 'fail charge', of: reference })
  if (random.chance(0.5)) {
    for (const [suffix, likelihood] of [
      ['a', 1],
      ['b', 0.4],
    ] as const)
      if (random.chance(likelihood))
        add(later(9 * day), {
          does: 'refund',
          of: reference,
          reference: `${reference}-r${suffix}`,
          amount: random.pick(['10.00', '4.00']),
          clicks: random.integer(1, 2),
        })
    add(later(10 * day), { does: 'confirm refunds', of: reference })
    if (random.chance(0.3)) add(later(10 * day), { does: 'return refund', of: reference })
  }
  if (random.chance(0.25)) add(later(10 * day), { does: 'charge back', of: reference, amount: '10.00' })
  if (has('second attempts') && random.chance(0.5))
    add(later(4 * day), { does: 'try again', of: reference, attempt: 2 })
}
