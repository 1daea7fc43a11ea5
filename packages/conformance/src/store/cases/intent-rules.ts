import { equal } from 'node:assert/strict'
import { deposit, refund, refused, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** Which further attempts and refunds may begin. */
export const intentRulesCases: Readonly<Record<string, CaseBody>> = {
  'RULE-001 never lets concurrent refunds exceed the deposit': async ({ payDeposit, beginState }) => {
    await payDeposit()
    const racing = Array.from({ length: 12 }, (_, index) => beginState(refund(`r-${index}`, '30.00'), `f${index}`))
    const states = await Promise.all(racing)
    equal(states.filter((state) => state === 'new').length, 3)
    equal(states.filter((state) => state === 'exceeds_refundable').length, 9)
  },

  'RULE-002 counts a refund whose outcome is unknown, and does not count one that failed': async ({
    payDeposit,
    beginState,
    conclude,
  }) => {
    await payDeposit()
    await beginState(refund('r-1', '80.00'))
    equal(await beginState(refund('r-2', '80.00'), 'g'), 'exceeds_refundable')
    await conclude(refund('r-1', '80.00'), refused())
    equal(await beginState(refund('r-2', '80.00'), 'g'), 'new')
  },

  'RULE-003 refuses a second attempt at a refund while the first may still pay': async ({
    payDeposit,
    beginState,
    conclude,
  }) => {
    await payDeposit()
    await beginState(refund('r-1', '10.00'))
    equal(await beginState(refund('r-1', '10.00', { attempt: 2 })), 'conflict')
    await conclude(refund('r-1', '10.00'), refused())
    equal(await beginState(refund('r-1', '10.00', { attempt: 2 })), 'new')
  },

  'RULE-004 refuses a further attempt at a deposit that is credited': async ({ payDeposit, beginState }) => {
    await payDeposit()
    equal(await beginState(deposit({ attempt: 2 })), 'conflict')
  },

  'RULE-005 refuses a further attempt at a deposit that is approved and not credited yet': async ({
    beginState,
    conclude,
    callback,
  }) => {
    await beginState(deposit())
    await conclude(deposit(), started(deposit()), ['v-1'])
    equal(await beginState(deposit({ attempt: 2 })), 'new')
    await callback('n-1', { vendorId: 'v-1', method: 'pending' })
    equal(await beginState(deposit({ attempt: 3 })), 'conflict')
  },
}
