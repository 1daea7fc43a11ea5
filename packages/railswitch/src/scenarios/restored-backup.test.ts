import { memoryStore, type Store } from '@railswitch/core'
import { createPayments } from '../create-payments.ts'
import { accepted, bank } from './__fixtures__/bank.ts'
import { paidAt, type ShopAtPayabl, shopAtPayabl } from './__fixtures__/shop-at-payabl.ts'
import { sek } from './__fixtures__/shop-at-trustly.ts'

const decision = { by: 'Finance', why: 'made after the backup' }

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

/** A shop at payabl, and the same shop after its store was lost, with two rails of which another one is active now. */
const restoredShop = async () => {
  const shop = await shopAtPayabl({ account: { balance: { SEK: '1000.00' } } })
  shops.push(shop)
  const payment = await paidAt(shop)
  const { url, merchant } = shop.sandbox.payabl
  const store = memoryStore()
  const sent: string[] = []
  const other = bank(
    async ({ intent }) => {
      sent.push(intent.reference)
      return accepted
    },
    {
      capabilities: {
        deposit: { yes: true },
        refund: { yes: true },
        'refund.partial': { yes: true },
        'payout.toAccount': { yes: true },
      },
    },
  )
  const payoutOf: NonNullable<typeof other.operations.payout> =
    (_input, { intent }) =>
    async () => {
      sent.push(intent.reference)
      return accepted
    }
  const open = (reconciled: boolean, ownStore: Store<void> = store) => {
    const payments = createPayments<void>({
      logger: false,
      active: 'other',
      providers: {
        p: {
          use: 'payabl-trustly',
          environment: 'local',
          url,
          merchantId: merchant.merchantId,
          secret: merchant.secret,
        },
        other: { ...other, operations: { ...other.operations, payout: payoutOf } },
      },
      store: ownStore,
      reconciled,
      callbacks: { url: shop.url, secrets: ['callback-secret-of-32-characters-x'] },
    })
    payments.on({ 'deposit.reversed': () => ({ recovered: false }) })
    return payments
  }
  const transactions = () => shop.sandbox.payabl.books().payments.flatMap((one) => one.transactions)
  const idOf = (type: string) => transactions().find((one) => one.type === type)?.transactionId ?? ''
  return { ...shop, payment, open, sent, idOf }
}

const payout = {
  reference: 'out-1',
  amount: sek('50.00'),
  to: { account: { country: 'SE', accountNumber: '69706212', bankNumber: '6112' } },
  customer: { id: 'c', firstName: 'A', lastName: 'B', email: 'a@b.example', dateOfBirth: '1979-01-31' },
} as const

const held = { code: 'reconciliation_required', effect: 'not_sent' }

test('row 1: a payout that payabl made before is not sent again on the rail that is active now', async () => {
  const { payments, open, sent, payouts, idOf } = await restoredShop()
  await payments.payout(payout)
  const restored = open(false)
  await expect(restored.payout(payout)).rejects.toMatchObject(held)
  const payoutImport = { rail: 'p', reference: 'out-1', amount: sek('50.00'), vendorIds: [idOf('cft')] as const }
  await restored.importPayment({ payout: { ...payoutImport, begunAt: new Date().toISOString() }, ...decision })
  await expect(open(true).payout(payout)).rejects.toMatchObject({ code: 'conflict', effect: 'not_sent' })
  await expect(open(true).payout({ ...payout, attempt: 2 })).rejects.toMatchObject({ code: 'conflict' })
  expect([sent, payouts()]).toEqual([[], ['out-1 50.00 SEK accepted']])
})

test('a further attempt that payabl made before is not sent again, once each attempt is imported', async () => {
  const { payments, open, payouts, sandbox } = await restoredShop()
  const transactionOf = (attempt: number) => {
    const all = sandbox.payabl.books().payments.flatMap(({ transactions }) => transactions)
    return all.filter(({ orderid }) => orderid.startsWith('out-1'))[attempt - 1]?.transactionId ?? ''
  }
  await payments.payout(payout)
  sandbox.payabl.failPayout(transactionOf(1))
  await sandbox.payabl.idle()
  await payments.payout({ ...payout, attempt: 2 })
  const restored = open(false)
  const lost = (attempt: number) =>
    restored.importPayment({
      payout: {
        rail: 'p',
        reference: 'out-1',
        attempt,
        amount: sek('50.00'),
        vendorIds: [transactionOf(attempt)],
        begunAt: new Date().toISOString(),
      },
      ...decision,
    })
  // The second one is open when the first one is imported, and still both have happened.
  expect(await lost(2)).toMatchObject({ payment: 'rs1.p.payout.out-1.2', confirmed: true })
  expect(await lost(1)).toMatchObject({ payment: 'rs1.p.payout.out-1.1' })
  for (const attempt of [1, 2, 3])
    await expect(open(true).payout({ ...payout, attempt })).rejects.toMatchObject({
      code: 'conflict',
      effect: 'not_sent',
    })
  expect(payouts()).toHaveLength(2)
})

test('row 1: all money out that is not stored is refused, whatever the rail and the attempt', async () => {
  const { payment, open, sent, idOf, refunds } = await restoredShop()
  const restored = open(false)
  const deposit = { rail: 'p', reference: 'order-1', amount: sek('100.00'), vendorIds: [idOf('capture')] as const }
  await restored.importPayment({ deposit: { ...deposit, state: 'credited' }, ...decision })
  for (const attempt of [1, 2]) {
    await expect(restored.payout({ ...payout, attempt })).rejects.toMatchObject(held)
    await expect(
      restored.payout({ ...payout, reference: 'out-2', attempt, to: { payment }, customer: { id: 'c' } }),
    ).rejects.toMatchObject(held)
    await expect(restored.refund({ payment, reference: 'r-1', amount: sek('10.00'), attempt })).rejects.toMatchObject(
      held,
    )
  }
  expect([sent, refunds()]).toEqual([[], []])
})

test('row 1: a refund that payabl made after the backup is not made again after it is imported', async () => {
  const { payments, payment, open, refunds, idOf } = await restoredShop()
  const refund = { payment, reference: 'r-1', amount: sek('30.00') }
  await payments.refund(refund)
  const restored = open(false)
  const deposit = { rail: 'p', reference: 'order-1', amount: sek('100.00'), vendorIds: [idOf('capture')] as const }
  await restored.importPayment({ deposit: { ...deposit, state: 'credited' }, ...decision })
  await expect(restored.refund(refund)).rejects.toMatchObject(held)
  const vendorIds = [idOf('refund')] as const
  await restored.importPayment({ refund: { ...refund, vendorIds, begunAt: new Date().toISOString() }, ...decision })
  const reconciled = open(true)
  await expect(reconciled.refund(refund)).rejects.toMatchObject({ code: 'conflict' })
  expect(await reconciled.getDeposit({ payment })).toMatchObject({ refundable: sek('70.00') })
  expect(refunds()).toEqual(['30.00'])
})
