import { deepEqual, equal } from 'node:assert/strict'
import { paymentRef } from '@railswitch/core/store'
import { accepted, deposit, refund, sek, started } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** What a report is proven by, and what a stronger proof of the same report changes. */
export const proofsCases: Readonly<Record<string, CaseBody>> = {
  'PROOF-001 raises the proof of a report when it is delivered again with a token': async ({
    payDeposit,
    callback,
    handle,
    record,
    reviews,
  }) => {
    await payDeposit()
    const more = { vendorId: 'order-1-v', method: 'credit', signs: 'identity' } as const
    deepEqual(await handle(await callback('n-2', { ...more, money: sek('1.00') })), ['review.needed'])
    deepEqual(await reviews(), ['order-1 unsigned_money'])
    await handle(await callback('n-2', { ...more, money: sek('1.00'), of: deposit() }))
    deepEqual(await reviews(), ['order-1 amount_differs'])
    await callback('n-2', { ...more, money: sek('1.00') })
    const { reports } = await record('order-1')
    deepEqual(
      reports.map(({ id, proof }) => [id, proof]),
      [
        ['order-1-paid', 'signature'],
        ['n-2', 'token'],
      ],
    )
  },

  'PROOF-002 keeps the content of a report with the stronger proof, whatever a weaker one contains before or afterwards':
    async ({ payDeposit, callback, ownReport, record }) => {
      await payDeposit()
      const weak = {
        vendorId: 'order-1-v',
        signs: 'identity',
        money: sek('1.00'),
        members: { said: 'weakly' },
        at: '2026-01-01T00:00:01.000Z',
      } as const
      const strong = { money: sek('2.00'), members: { said: 'strongly' }, at: '2026-01-01T00:00:02.000Z' }
      const said = { ...weak, ...strong, method: 'debit' } as const
      const stronger = {
        token: (more: object = {}) => callback('by-token', { ...said, ...more, of: deposit() }),
        lookup: (more: object = {}) =>
          ownReport({ id: 'by-lookup', ...strong, method: 'debit', ...more }, paymentRef(deposit())),
        signature: (more: object = {}) => callback('by-signature', { ...said, ...more, signs: 'everything' }),
      }
      for (const [proof, say] of Object.entries(stronger)) {
        const id = `by-${proof}`
        const stored = async () => (await record('order-1')).reports.find((report) => report.id === id)
        await callback(id, weak)
        equal((await stored())?.proof, 'unproven')
        await say()
        const raised = await stored()
        deepEqual(raised, { ...raised, ...strong, proof, method: 'debit' })
        await callback(id, weak)
        await say({ money: sek('3.00') })
        deepEqual(await stored(), raised)
      }
    },

  'PROOF-003 raises the proof of an unowned report that arrives again with a token, and takes its new content': async ({
    beginState,
    conclude,
    callback,
    record,
    stateOf,
  }) => {
    await beginState(deposit())
    const { record: unowned } = await callback('n-1', { vendorId: 'x', signs: 'identity', money: sek('1.00') })
    equal(unowned.unowned?.count, 1)
    const again = { vendorId: 'v-1', signs: 'identity', money: sek('100.00') } as const
    equal((await callback('n-1', { ...again, of: deposit() })).record.reports[0]?.money?.value, '100.00')
    equal(await stateOf('order-1'), 'credited')
    await conclude(deposit(), started(deposit()), ['v-2'])
    deepEqual(
      (await record('order-1')).reports.map(({ id, vendorId, intent }) => [id, vendorId, intent]),
      [['n-1', 'v-1', null]],
    )
  },

  'PROOF-004 does not accept the token of another call of the payment as proof of the money': async ({
    payDeposit,
    beginState,
    conclude,
    callback,
  }) => {
    await payDeposit()
    const out = refund('r-1', '10.00')
    await beginState(out)
    await conclude(out, accepted(out), ['r-v'])
    const more = { signs: 'identity', method: 'failed', vendorId: 'r-v' } as const
    const byDeposit = await callback('n-2', { ...more, of: deposit() })
    equal(byDeposit.record.reports.at(-1)?.proof, 'token')
    const byRefund = await callback('n-3', { ...more, vendorId: 'order-1-v', method: 'debit', of: out })
    equal(byRefund.record.reports.at(-1)?.proof, 'unproven')
  },
}
