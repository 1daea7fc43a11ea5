import type { Handlers } from '@railswitch/callbacks'
import type { EventType, PaymentEvent } from '@railswitch/core'
import type { Random } from '../seed/random.ts'
import type { Row, Transaction } from './database.ts'
import { toMinor } from './money.ts'
import { never, type ProcessLife } from './process-life.ts'
import type { ShopDependencies } from './shop-dependencies.ts'

type Commit = (write: (tx: Transaction) => Promise<unknown>) => void

/** The application's handlers: each writes one row for its event. */
export const createEventHandlers = (dependencies: ShopDependencies, life: ProcessLife): Handlers<Transaction> => {
  const handle = createHandle(dependencies, life)
  return {
    'deposit.not_credited_yet': handle,
    'deposit.credited': handle,
    'deposit.not_credited': handle,
    'deposit.reversed': async (event, commit) => ({ recovered: (await handle(event, commit)) ?? false }),
    'refund.confirmed': handle,
    'refund.failed': handle,
    'payout.confirmed': handle,
    'payout.failed': handle,
    'withdrawal.requested': async (event, commit) => ({ reserved: (await handle(event, commit)) ?? false }),
    'account.received': handle,
    'account.not_received': handle,
    'mandate.pending': handle,
    'mandate.active': handle,
    'mandate.moved': handle,
    'mandate.revoked': handle,
    'kyc.received': async (event, commit) => {
      await handle(event, commit)
      return { proceed: true }
    },
    'review.needed': handle,
    unrecognised: handle,
  }
}

const createHandle = ({ clock, random, faults, trace, journal }: ShopDependencies, life: ProcessLife) => {
  let calls = 0
  return async (event: PaymentEvent, commit: Commit): Promise<boolean | null> => {
    const subject = `${life.name} ${++calls} ${event.type}`
    const draws = random.stream('handler', subject)
    const payment = event.reference ?? 'no payment'
    trace.add(life.name, `handler of ${event.type} ${payment} begins (${event.id})`)
    const ended = journal.handlerBegins(event, life, clock.now())
    const strikes = (...[fault]: [Parameters<typeof faults.strikes>[0]]): boolean => {
      if (!faults.strikes(fault, subject)) return false
      trace.add(life.name, `${fault}: ${event.type} ${payment}`)
      return true
    }
    const answer = answerOf(event, random.stream('answer', event.id))
    await life.pause(draws.integer(1, 15))
    if (strikes('crash-in-handler')) {
      life.end()
      return never()
    }
    if (strikes('handler-hangs')) return never()
    if (strikes('handler-slow')) await life.pause(draws.integer(10_001, 12_000))
    if (strikes('handler-throws')) {
      ended()
      throw new Error('the handler fails')
    }
    commit(async (tx) => {
      await life.pause(draws.integer(1, 10))
      if (strikes('write-hangs')) return never()
      if (strikes('write-fails')) throw new Error('the write fails')
      tx.insert(rowOf(event, life.name, answer))
    })
    ended()
    return answer
  }
}

/** The answer to a question; null for other events. */
const answerOf = ({ type }: PaymentEvent, draws: Random): boolean | null => {
  if (type === 'deposit.reversed') return draws.chance(0.5)
  return type === 'withdrawal.requested' ? draws.chance(0.8) : null
}

const rowOf = (event: PaymentEvent, shop: string, answer: boolean | null): Row => ({
  shop,
  event: event.id,
  type: event.type satisfies EventType,
  payment: event.payment,
  reference: event.reference,
  minor: 'amount' in event ? toMinor(event.amount.value) : 0,
  refund: 'refund' in event ? event.refund : null,
  answer,
})
