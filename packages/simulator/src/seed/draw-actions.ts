import type { Action, Deed, Visit } from './action.ts'
import { drawMandates } from './draw-mandates.ts'
import { drawOperations } from './draw-operations.ts'
import type { DrawnSituation } from './draw-situations.ts'
import type { Random } from './random.ts'
import { type Add, type Has, type Operation, swarm } from './swarm.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** The actions of a seed, in the order of their times. */
export const drawActions = (
  random: Random,
  { shops, situation }: { readonly shops: number; readonly situation: DrawnSituation['steps'] },
): readonly Action[] => {
  const actions: Action[] = []
  const add = (at: number, deed: Deed): void =>
    void actions.push({ id: `a${actions.length + 1}`, at: Math.round(at), deed })
  const has = swarm(random.stream('swarm'))
  const deposits = random.integer(has('few payments') ? 1 : 2, has('few payments') ? 1 : 4)
  for (let number = 1; number <= deposits; number += 1)
    drawDeposit(random.stream('deposit', number), `order-${number}`, has, add)
  if (has('payouts'))
    for (let number = 1; number <= random.integer(1, 2); number += 1)
      drawPayout(random.stream('payout', number), `payout-${number}`, null, has, add)
  if (has('withdrawals')) drawWithdrawal(random.stream('withdrawal'), add)
  if (has('accounts')) drawAccount(random.stream('account'), has, add)
  if (has('mandates')) drawMandates(random.stream('mandates'), has, add)
  drawOperations(random.stream('operations'), shops, has, add)
  for (const [at, deed] of situation) add(at, deed)
  return actions.sort((a, b) => a.at - b.at)
}

const amounts = ['10.00', '40.00', '100.00', '249.90'] as const
const parts = { '10.00': '4.00', '40.00': '15.00', '100.00': '30.00', '249.90': '99.95' } as const

const drawDeposit = (random: Random, reference: string, has: Has, add: Add): void => {
  const start = random.integer(0, 2 * hour)
  const drawn = random.pick(amounts)
  const amount = has('equal amounts') ? '100.00' : drawn
  const part = parts[amount]
  const clicks = has('double clicks') && random.chance(0.5) ? 2 : 1
  add(start, { does: 'deposit', reference, amount, clicks, visit: drawVisit(random, has) })
  const later = (most = 3 * day) => start + 10 * minute + random.integer(0, most)
  drawNewSecret(random.stream('new secret'), start, has, add)
  const refund = (suffix: string, sum: string) =>
    add(later(), {
      does: 'refund',
      of: reference,
      reference: `${reference}-r${suffix}`,
      amount: sum,
      clicks: random.integer(1, clicks),
    })
  if (refunding.some(has) && random.chance(0.8)) {
    refund('a', random.chance(0.3) ? amount : part)
    if (random.chance(0.6)) refund('b', has('equal refunds') ? part : random.pick([part, '1.50']))
    if (random.chance(has('equal refunds') ? 0.6 : 0.3)) refund('c', has('equal refunds') ? part : '2.25')
    add(later(4 * day), { does: 'confirm refunds', of: reference })
  }
  if (has('second attempts'))
    for (const of of [reference, `${reference}-ra`, `${reference}-rb`])
      if (random.chance(0.6)) add(later(random.pick([hour, 4 * day])), { does: 'try again', of, attempt: 2 })
  drawReusedReference(random.stream('reused reference'), { start, reference: `${reference}-ra` }, has, add)
  if (has('losses') && random.chance(0.6)) add(later(12 * day), { does: 'lose money', of: reference })
  if (has('returns'))
    for (const likelihood of [0.7, 0.4])
      if (random.chance(likelihood)) add(later(8 * day), { does: 'return refund', of: reference })
  if (has('chargebacks') && random.chance(0.6)) {
    add(later(10 * day), { does: 'charge back', of: reference, amount: random.pick([amount, part]) })
    if (random.chance(0.5)) add(later(12 * day), { does: 'charge back', of: reference, amount: part })
    drawNewCheckout(random.stream('new checkout'), { start, reference, part }, add)
  }
  if (has('back office'))
    for (const likelihood of [0.6, 0.4])
      if (random.chance(likelihood))
        add(later(5 * day), { does: 'refund in the back office', of: reference, amount: part })
  if (has('second payments') && random.chance(0.5)) add(later(2 * hour), { does: 'pay a second time', of: reference })
  if (has('payouts') && random.chance(0.4))
    drawPayout(random.stream('winnings'), `${reference}-win`, reference, has, add)
  if (has('strangers') && random.chance(0.7))
    for (const does of ['stranger orders', 'other program orders'] as const)
      if (random.chance(0.6)) add(start + random.integer(0, day), { does, of: reference, pays: random.chance(0.7) })
}

/** The customer takes a part back, and the application opens another checkout. */
const drawNewCheckout = (
  random: Random,
  { start, reference, part }: { readonly start: number; readonly reference: string; readonly part: string },
  add: Add,
): void => {
  const at = start + random.integer(day, 9 * day)
  add(at, { does: 'charge back', of: reference, amount: part })
  add(at + random.integer(minute, hour), { does: 'try again', of: reference, attempt: 2 })
}

/** A deployment while the first call of a payment may still be under way, or is repeated. */
const drawNewSecret = (random: Random, start: number, has: Has, add: Add): void => {
  if (has('deployments') && random.chance(0.3))
    add(start + random.integer(0, random.pick([200, minute])), {
      does: 'deploy everywhere',
      settings: 'new callback secret',
    })
}

/** A programmer's mistake: the reference of a refund is used for a payout as well. */
const drawReusedReference = (
  random: Random,
  { start, reference }: { readonly start: number; readonly reference: string },
  has: Has,
  add: Add,
): void => {
  if (has('second attempts') && random.chance(0.3))
    add(start + random.integer(hour, 4 * day), { does: 'pay out', reference, of: null, amount: '10.00', clicks: 1 })
}

const refunding: readonly Operation[] = ['refunds', 'equal refunds', 'returns']

const drawVisit = (random: Random, has: Has): Visit & { readonly afterMs: number } => {
  const afterMs = random.integer(2 * second, 4 * minute)
  if (has('other amounts') && random.chance(0.4)) return { afterMs, way: 'pays another amount' }
  const way = random.pick([
    'pays',
    'pays',
    'pays',
    'pays',
    'pays at once',
    'pays at once',
    'pays at once',
    'pays at once',
    'cancels',
    'leaves',
    'is approved and never credited',
  ] as const)
  return way === 'pays'
    ? { afterMs, way, creditAfterMs: random.pick([second, minute, 5 * hour, 3 * day]) }
    : { afterMs, way }
}

const drawPayout = (random: Random, reference: string, of: string | null, has: Has, add: Add): void => {
  const start = random.integer(20 * minute, day)
  drawNewSecret(random.stream('new secret'), start, has, add)
  const clicks = random.integer(1, 2)
  add(start, { does: 'pay out', of, reference, amount: random.pick(amounts), clicks })
  const end = start + random.pick([5 * second, minute, 6 * hour, 4 * day])
  if (random.chance(0.4)) add(end, { does: 'fail payout', of: reference })
  else if (random.chance(0.6)) add(end, { does: 'confirm payout', of: reference })
  if (of === null && random.chance(0.2))
    add(start + random.integer(0, minute), { does: 'deploy everywhere', settings: 'other active rail' })
  if (random.chance(0.3))
    add(start + random.integer(second, random.pick([5 * minute, 5 * day])), {
      does: 'try again',
      of: reference,
      attempt: 2,
    })
}

const drawWithdrawal = (random: Random, add: Add): void => {
  const start = random.integer(0, hour)
  const reference = 'withdrawal-1'
  add(start, {
    does: 'withdraw',
    reference,
    amount: random.pick(amounts),
    decision: random.pick(['approve', 'approve', 'deny']),
    asks: random.chance(0.3) ? '7.50' : null,
  })
  if (random.chance(0.4)) add(start + random.integer(hour, 3 * day), { does: 'fail payout', of: reference })
}

const drawAccount = (random: Random, has: Has, add: Add): void => {
  const start = random.integer(0, hour)
  add(start, { does: 'choose account', reference: 'account-1' })
  if (random.chance(0.7))
    add(start + random.integer(hour, day), { does: 'charge', of: 'account-1', reference: 'charge-1', amount: '40.00' })
  const again = random.stream('charge again')
  if (has('second attempts') && again.chance(0.7))
    add(start + again.integer(hour, 3 * day), { does: 'try again', of: 'charge-1', attempt: 2 })
  if (random.chance(0.4)) add(start + random.integer(hour, 2 * day), { does: 'revoke mandate', of: 'account-1' })
  if (random.chance(0.5))
    add(start + random.integer(day, 4 * day), {
      does: 'charge',
      of: 'account-1',
      reference: 'charge-2',
      amount: '10.00',
    })
  if (random.chance(0.5)) drawPayout(random.stream('account payout'), 'account-payout-1', 'account-1', has, add)
}
