import type { PaymentRef } from '@railswitch/core'
import type { Job } from '../world/jobs.ts'
import type { World } from '../world/world.ts'

export const returnUrl = 'https://shop.example/thanks'

/** The same call several times at one moment: a double click, or two workers of one queue. */
export const startTimes = (world: World, times: number, job: Job): void => {
  for (let left = times; left > 0; left -= 1) world.jobs.start(job)
}

const hour = 3_600_000

/** Waits up to ten days until the application has a row of one of these types for the reference. */
export const whenKnown = (
  world: World,
  reference: string,
  types: readonly string[],
  then: (payment: PaymentRef) => void,
  tries = 0,
): void => {
  const row = world.database.rows.find((one) => one.reference === reference && types.includes(one.type))
  if (row?.payment) then(row.payment as PaymentRef)
  else if (tries < 240) world.clock.after(hour, () => whenKnown(world, reference, types, then, tries + 1))
}

/** The rows with which the application learns of a bank account that it may use. */
export const accountKnown = ['account.received', 'mandate.active'] as const
