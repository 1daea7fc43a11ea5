import { equal } from 'node:assert/strict'
import { merchantReference, paymentRef } from '@railswitch/core/store'
import { deposit, refund } from '../harness/sample-payments.ts'
import type { CaseBody } from '../harness/store-harness.ts'

/** The payment of a booking in a vendor's list. */
export const foundByVendorIdCases: Readonly<Record<string, CaseBody>> = {
  'FIND-001 finds a payment by a vendor id that belongs to it, whichever of its intents has learned it': async ({
    payDeposit,
    beginState,
    conclude,
    store,
  }) => {
    await payDeposit()
    const intent = refund('r-1', '10.00')
    await beginState(intent)
    const result = { status: 'accepted', payment: paymentRef(intent) } as const
    await conclude(intent, { state: 'accepted', result }, ['v-of-r-1'])
    for (const vendorId of ['order-1-v', 'v-of-r-1']) {
      const record = await store.findByVendorId({ rail: 'rail', vendorId, merchantReference: null })
      equal(record?.intents[0]?.intent.reference, 'order-1')
    }
    equal(await store.findByVendorId({ rail: 'rail', vendorId: 'unknown', merchantReference: null }), null)
    equal(await store.findByVendorId({ rail: 'other', vendorId: 'order-1-v', merchantReference: null }), null)
  },

  'FIND-002 finds a payment by its merchant reference on the rail if the vendor id belongs to none, each attempt by its own':
    async ({ payDeposit, beginState, store }) => {
      await payDeposit()
      const again = deposit({ reference: 'order-2', attempt: 2, rail: 'other' })
      await beginState(deposit({ reference: 'order-2' }))
      await beginState(again)
      const referenceAt = async (rail: string, reference: string, vendorId = 'unknown') =>
        (await store.findByVendorId({ rail, vendorId, merchantReference: reference }))?.intents[0]?.intent.reference
      equal(await referenceAt('rail', 'order-2'), 'order-2')
      equal(await referenceAt('other', merchantReference(again)), 'order-2')
      equal(await referenceAt('other', 'order-2'), undefined)
      equal(await referenceAt('rail', 'nothing'), undefined)
      equal(await referenceAt('rail', 'order-2', 'order-1-v'), 'order-1')
    },

  'FIND-003 finds no payment by a vendor id that no payment has learned, even if a report is stored under it': async ({
    beginState,
    callback,
    store,
  }) => {
    await beginState(deposit())
    await callback('n-1', { vendorId: 'v-1' })
    equal(await store.findByVendorId({ rail: 'rail', vendorId: 'v-1', merchantReference: null }), null)
  },
}
