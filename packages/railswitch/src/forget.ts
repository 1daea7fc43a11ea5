import { isDeposit, PaymentError, type Standing, standingOf } from '@railswitch/core'
import { findThread } from './look-at.ts'
import type { Named } from './payments.ts'
import type { ReadyConfig } from './payments-config.ts'

export const forget = async <Tx>(config: ReadyConfig<Tx>, of: Named): Promise<void> => {
  const thread = await findThread(config, of)
  const standing = standingOf(thread)
  if (standing && isUnderWay(standing, config.now()))
    throw new PaymentError({
      code: 'conflict',
      effect: 'not_sent',
      again: 'never',
      message: `Something of ${standing.reference} is under way, or waits for a person.`,
      hint: 'Forget it when its money has come to rest: what it needs to be finished would be erased.',
    })
  await config.store.forget(thread.intents[0]?.intent.reference ?? '')
}

const underWay: ReadonlySet<string> = new Set(['pending', 'not_credited_yet', 'requested', 'unknown'])

/** A checkout that was left is never ended by every vendor: nobody asks about it any more after 60 days. */
const leftMs = 60 * 86_400_000

const isUnderWay = (standing: Standing, now: Date): boolean =>
  standing.review.length > 0 ||
  (underWay.has(standing.state) && !isLeft(standing, now)) ||
  (isDeposit(standing) && standing.refunds.some(({ state }) => state === 'unknown'))

const isLeft = ({ state, at }: Standing, now: Date): boolean =>
  state === 'pending' && now.getTime() - Date.parse(at) > leftMs
