import type { DeedOf } from '../seed/action.ts'
import { customer } from '../world/customer-data.ts'
import type { Job } from '../world/jobs.ts'
import { moneyOf } from '../world/money.ts'
import type { World } from '../world/world.ts'
import { accountKnown, returnUrl, startTimes, whenKnown } from './calls.ts'
import { collectCharges, visitMandatePage } from './customers.ts'

const day = 86_400_000

export const signMandate = (
  world: World,
  { reference, country, clicks, signing }: DeedOf<'sign mandate'>,
  firstAttempt = 1,
): void =>
  startTimes(world, clicks, {
    name: `mandate ${reference}`,
    triesNextAttempt: true,
    firstAttempt,
    call: ({ payments }, attempt) =>
      payments.mandate({ reference, attempt, customer: { ...customer, country }, returnUrl }),
    onResult: ({ redirectUrl = '' }) => visitMandatePage(world, redirectUrl, signing),
  })

export const importMandate = (world: World, { of, reference }: DeedOf<'import mandate'>): void =>
  whenKnown(world, of, ['account.received'], (payment) =>
    startTimes(world, 1, {
      name: `mandate ${reference}`,
      triesNextAttempt: false,
      call: ({ payments }, attempt) =>
        payments.importMandate({ reference, attempt, from: { payment }, customer, mandateReference: '1234567890' }),
    }),
  )

export const charge = (world: World, { of, reference, amount }: DeedOf<'charge'>, firstAttempt = 1): void => {
  for (const days of [2, 9]) world.clock.after(days * day, () => collectCharges(world, reference))
  whenKnown(world, of, accountKnown, (payment) =>
    startTimes(world, 1, {
      name: `charge ${reference}`,
      triesNextAttempt: false,
      firstAttempt,
      call: ({ payments }, attempt) =>
        payments.charge({
          reference,
          attempt,
          amount: moneyOf(world.plan, { reference, amount }),
          from: { payment },
          customer: { id: customer.id, email: customer.email },
        }),
    }),
  )
}

export const cancelMandate = (world: World, { of }: DeedOf<'cancel mandate'>): void =>
  cancel(world, of, async ({ payments }) => {
    const { payment } = await payments.getMandate({ reference: of })
    await payments.cancelMandate({ payment })
    return { payment }
  })

export const cancelCharge = (world: World, { of }: DeedOf<'cancel charge'>): void =>
  cancel(world, of, async ({ payments }) => {
    const { payment } = await payments.getDeposit({ reference: of })
    await payments.cancelCharge({ payment })
    return { payment }
  })

const cancel = (world: World, of: string, call: Job['call']): void =>
  startTimes(world, 1, { name: `cancel ${of}`, triesNextAttempt: false, call })
