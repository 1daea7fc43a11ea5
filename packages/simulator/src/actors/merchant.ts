import type { PaymentRef } from '@railswitch/core'
import { watchCheckout } from '../judge/checkouts.ts'
import type { DeedOf } from '../seed/action.ts'
import { bankAccount, customer, payee } from '../world/customer-data.ts'
import type { Job } from '../world/jobs.ts'
import type { Shop } from '../world/shop-process.ts'
import type { World } from '../world/world.ts'
import { collectCharges, visitAccountPage, visitCheckout, visitWithdrawalPage } from './customers.ts'

const returnUrl = 'https://shop.example/thanks'
const currency = 'SEK'

/** The same call several times at one moment: a double click, or two workers of one queue. */
const startTimes = (world: World, times: number, job: Job): void => {
  for (let left = times; left > 0; left -= 1) world.jobs.start(job)
}

export const deposit = (
  world: World,
  { reference, amount, clicks, visit }: DeedOf<'deposit'>,
  firstAttempt = 1,
): void =>
  startTimes(world, clicks, {
    name: `deposit ${reference}`,
    triesNextAttempt: true,
    firstAttempt,
    call: ({ payments }, attempt) =>
      watchCheckout(world, { reference, attempt }, () =>
        payments.deposit({ reference, attempt, amount: { value: amount, currency }, customer, returnUrl }),
      ),
    onResult: ({ redirectUrl = '' }) => visitCheckout(world, { reference, redirectUrl, visit }),
  })

export const refund = (world: World, { of, reference, amount, clicks }: DeedOf<'refund'>, firstAttempt = 1): void =>
  whenKnown(world, of, 'deposit.credited', (payment) =>
    startTimes(world, clicks, {
      name: `refund ${reference}`,
      triesNextAttempt: false,
      firstAttempt,
      call: ({ payments }, attempt) =>
        payments.refund({ payment, reference, attempt, amount: { value: amount, currency } }),
    }),
  )

export const payOut = (world: World, { of, reference, amount, clicks }: DeedOf<'pay out'>, firstAttempt = 1): void => {
  const start = (call: Job['call']): void =>
    startTimes(world, clicks, { name: `payout ${reference}`, triesNextAttempt: false, firstAttempt, call })
  const common = { reference, amount: { value: amount, currency } }
  if (of === null)
    start(({ payments }, attempt) =>
      payments.payout({ ...common, attempt, to: { account: bankAccount }, customer: payee }),
    )
  else
    whenKnown(world, of, of.startsWith('account') ? 'account.received' : 'deposit.credited', (payment) =>
      start(({ payments }, attempt) =>
        payments.payout({ ...common, attempt, to: { payment }, customer: { id: customer.id } }),
      ),
    )
}

/** Begins a further attempt of an earlier call, as an impatient application does: the library must refuse it while the first one may pay. */
export const tryAgain = (world: World, { of, attempt }: DeedOf<'try again'>): void => {
  for (const { deed } of world.plan.actions) {
    if (deed.does === 'deposit' && deed.reference === of) deposit(world, deed, attempt)
    if (deed.does === 'refund' && deed.reference === of) refund(world, deed, attempt)
    if (deed.does === 'pay out' && deed.reference === of) payOut(world, deed, attempt)
    if (deed.does === 'charge' && deed.reference === of) charge(world, deed, attempt)
  }
}

export const withdraw = (world: World, { reference, amount, decision, asks }: DeedOf<'withdraw'>): void =>
  startTimes(world, 1, {
    name: `withdrawal ${reference}`,
    triesNextAttempt: false,
    call: ({ payments }, attempt) =>
      payments.withdrawal({ reference, attempt, amount: { value: amount, currency }, customer, returnUrl }),
    onResult: ({ redirectUrl = '' }) => {
      visitWithdrawalPage(world, redirectUrl, asks)
      whenKnown(world, reference, 'withdrawal.requested', (payment) => decide(world, { reference, decision, payment }))
    },
  })

const decide = (
  world: World,
  { reference, decision, payment }: { reference: string; decision: 'approve' | 'deny'; payment: PaymentRef },
): void =>
  startTimes(world, 1, {
    name: `${decision} ${reference}`,
    triesNextAttempt: false,
    call: async ({ payments }: Shop) => {
      await payments[decision]({ payment })
      return { payment }
    },
  })

export const chooseAccount = (world: World, { reference }: DeedOf<'choose account'>): void =>
  startTimes(world, 1, {
    name: `account ${reference}`,
    triesNextAttempt: false,
    call: ({ payments }, attempt) => payments.account({ reference, attempt, customer, returnUrl, mandate: true }),
    onResult: ({ redirectUrl = '' }) => visitAccountPage(world, redirectUrl),
  })

export const charge = (world: World, { of, reference, amount }: DeedOf<'charge'>, firstAttempt = 1): void => {
  for (const days of [2, 9]) world.clock.after(days * 24 * hour, () => collectCharges(world, reference))
  whenKnown(world, of, 'account.received', (payment) =>
    startTimes(world, 1, {
      name: `charge ${reference}`,
      triesNextAttempt: false,
      firstAttempt,
      call: ({ payments }, attempt) =>
        payments.charge({
          reference,
          attempt,
          amount: { value: amount, currency },
          from: { payment },
          customer: { id: customer.id, email: customer.email },
        }),
    }),
  )
}

const hour = 3_600_000

/** Waits up to ten days until the application has a row of this type for the reference. */
const whenKnown = (
  world: World,
  reference: string,
  type: string,
  then: (payment: PaymentRef) => void,
  tries = 0,
): void => {
  const row = world.database.rows.find((one) => one.reference === reference && one.type === type)
  if (row?.payment) then(row.payment as PaymentRef)
  else if (tries < 240) world.clock.after(hour, () => whenKnown(world, reference, type, then, tries + 1))
}
