import { deepEqual, equal } from 'node:assert/strict'
import { ownMethods, paymentRef } from '@railswitch/core/store'
import { deposit, sek } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

const references = Array.from({ length: 210 }, (_, index) => `order-${index}`)

/** What a manual review has to look at, and what is erased. */
export const reviewsCases: Readonly<Record<string, CaseBody>> = {
  'REV-001 lists payments that need review, oldest first, and not those that were resolved': async ({
    payDeposit,
    callback,
    ownReport,
    handle,
    record,
    rules,
    reviews,
  }) => {
    await payDeposit()
    deepEqual(await reviews(), [])
    deepEqual(await handle(await callback('n-2', { money: sek('1.00') })), ['review.needed'])
    await callback('n-3', { vendorId: 'unheard' })
    deepEqual(await reviews(), ['order-1 amount_differs', 'rail 2026-01-01 1 foreign_order'])
    const [review] = rules.derive(await record('order-1')).reviews
    const members = { review: review?.id ?? '', by: 'Finance', why: 'refunded by hand' }
    const report = { id: 'p-1', method: ownMethods.resolved, vendorId: '', members }
    await ownReport(report, paymentRef(deposit()), { proof: 'person' })
    deepEqual(await reviews(), ['rail 2026-01-01 1 foreign_order'])
  },

  'REV-002 lists hundreds of payments that need review, each once and oldest first, and none that needs none': async ({
    begin,
    callback,
    reviews,
  }) => {
    for (const reference of references) await begin(deposit({ reference }))
    const toReview = references.filter((_, index) => index % 20 !== 3)
    const pays = (reference: string) =>
      callback(`n-${reference}`, { vendorId: reference, of: deposit({ reference }), money: sek('1.00') })
    await Promise.all([...toReview].reverse().map(pays))
    const listed = await reviews()
    equal(listed.length, toReview.length)
    const misplaced = listed.filter((review, index) => review !== `${toReview[index]} amount_differs`)
    deepEqual(misplaced.slice(0, 3), [])
  },

  'REV-003 erases who a payment is for, and keeps its money': async ({
    beginState,
    callback,
    handle,
    store,
    record,
  }) => {
    const account = deposit({
      kind: 'account',
      reference: 'account-1',
      settings: { callbackUrl: 'https://shop.example/callbacks/rail/token', customerId: 'customer-77' },
    })
    await beginState(account, 'fingerprint-of-names')
    const members = { accountid: 'account-88', clearinghouse: 'SWEDEN' }
    const claim = await callback('n-1', { vendorId: 'v-1', method: 'account', members, of: account })
    deepEqual(await handle(claim), ['account.received'])
    equal(await store.erasePersonalData('account-1'), true)
    const stored = await record('account-1')
    for (const gone of ['customer-77', 'account-88', 'fingerprint-of-names'])
      equal(JSON.stringify(stored).includes(gone), false)
    deepEqual(stored.intents[0]?.intent.expect, sek('100.00'))
    deepEqual(
      stored.reports.map((report) => report.members),
      [{ clearinghouse: 'SWEDEN' }],
    )
    equal(await store.erasePersonalData('never-heard-of'), false)
  },
}
