import type { PaymentRef } from '@railswitch/core'
import { watchCheckout } from '../judge/checkouts.ts'
import type { DeedOf } from '../seed/action.ts'
import { bankAccount, customer, payee } from '../world/customer-data.ts'
import type { Job } from '../world/jobs.ts'
import { moneyOf } from '../world/money.ts'
import type { Shop } from '../world/shop-process.ts'
import type { World } from '../world/world.ts'
import { accountKnown, returnUrl, startTimes, whenKnown } from './calls.ts'
import { visitAccountPage, visitCheckout, visitWithdrawalPage } from './customers.ts'

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
        payments.deposit({
          reference,
          attempt,
          amount: moneyOf(world.plan, { reference, amount }),
          customer,
          returnUrl,
        }),
      ),
    onResult: ({ redirectUrl = '' }) => visitCheckout(world, { reference, redirectUrl, visit }),
  })

export const refund = (world: World, { of, reference, amount, clicks }: DeedOf<'refund'>, firstAttempt = 1): void =>
  whenKnown(world, of, ['deposit.credited'], (payment) =>
    startTimes(world, clicks, {
      name: `refund ${reference}`,
      triesNextAttempt: false,
      firstAttempt,
      call: ({ payments }, attempt) =>
        payments.refund({ payment, reference, attempt, amount: moneyOf(world.plan, { reference: of, amount }) }),
    }),
  )

export const payOut = (world: World, { of, reference, amount, clicks }: DeedOf<'pay out'>, firstAttempt = 1): void => {
  const start = (call: Job['call']): void =>
    startTimes(world, clicks, { name: `payout ${reference}`, triesNextAttempt: false, firstAttempt, call })
  const common = { reference, amount: moneyOf(world.plan, { reference: of ?? reference, amount }) }
  if (of === null)
    start(({ payments }, attempt) =>
      payments.payout({ ...common, attempt, to: { account: bankAccount }, customer: payee }),
    )
  else
    whenKnown(world, of, ['deposit.credited', ...accountKnown], (payment) =>
      start(({ payments }, attempt) =>
        payments.payout({ ...common, attempt, to: { payment }, customer: { id: customer.id } }),
      ),
    )
}

export const withdraw = (world: World, { reference, amount, decision, asks }: DeedOf<'withdraw'>): void =>
  startTimes(world, 1, {
    name: `withdrawal ${reference}`,
    triesNextAttempt: false,
    call: ({ payments }, attempt) =>
      payments.withdrawal({
        reference,
        attempt,
        amount: moneyOf(world.plan, { reference, amount }),
        customer,
        returnUrl,
      }),
    onResult: ({ redirectUrl = '' }) => {
      visitWithdrawalPage(world, redirectUrl, asks)
      whenKnown(world, reference, ['withdrawal.requested'], (payment) =>
        decide(world, { reference, decision, payment }),
      )
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
