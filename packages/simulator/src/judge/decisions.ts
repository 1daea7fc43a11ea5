import type { Payments } from 'railswitch'
import type { Transaction } from '../world/database.ts'
import type { Decision } from '../world/review-list.ts'
import type { World } from '../world/world.ts'

/** What a person has decided is so, unless the vendor has reported something else since. */
export const checkDecisions = async (world: World, payments: Payments<Transaction>): Promise<void> => {
  for (const decision of world.reviews.decisions()) {
    const state = await stateOf(payments, decision).catch(() => null)
    if (!allowed[decision.as].has(state ?? 'not stored'))
      world.journal.violated('what a person has decided is so', `${decision.payment} ${decision.as}: it is ${state}`)
  }
}

const allowed: Readonly<Record<Decision['as'], ReadonlySet<string>>> = {
  credited: new Set(['credited', 'reversed']),
  confirmed: new Set(['confirmed', 'returned']),
  failed: new Set(['failed', 'returned', 'confirmed']),
}

const stateOf = async (payments: Payments<Transaction>, { payment, as }: Decision): Promise<string | undefined> => {
  if (as === 'credited') return (await payments.getDeposit({ payment })).state
  const [, , kind] = payment.split('.')
  const { refunds = [], attempts = [] } =
    kind === 'refund'
      ? { refunds: (await payments.getDeposit({ payment })).refunds }
      : { attempts: (await payments.getPayout({ payment })).attempts }
  return [...refunds, ...attempts].find(({ ref }) => ref === payment)?.state
}
