import { paidAt, type ShopAtPayabl, shopAtPayabl, types } from './__fixtures__/shop-at-payabl.ts'
import { depositOf, sek } from './__fixtures__/shop-at-trustly.ts'

const shops: ShopAtPayabl[] = []
afterEach(() => Promise.all(shops.splice(0).map((shop) => shop.close())))

const rig = async (options: Parameters<typeof shopAtPayabl>[0] = {}): Promise<ShopAtPayabl> => {
  const shop = await shopAtPayabl(options)
  shops.push(shop)
  return shop
}

const paid = async () => {
  const shop = await rig()
  return { ...shop, payment: await paidAt(shop) }
}

test('a customer who never finished needs no review, however long ago', async () => {
  const { sandbox, payments, events, later, transaction } = await rig()
  await payments.deposit(depositOf('order-1'))
  expect(await later(20).sync()).toMatchObject({ payments: 1, manualReview: [] })
  expect(sandbox.payabl.requests().map(({ action }) => action)).toContain('tx_diagnose')
  expect(events).toEqual([])
  sandbox.payabl.credit(transaction())
  await sandbox.payabl.idle()
  expect(types(events)).toEqual(['deposit.credited'])
})

describe('approved money that never came (protocol/payabl.md, section 7: 15 days, and two more as a tolerance)', () => {
  const approved = async (options: Parameters<typeof shopAtPayabl>[0] = {}) => {
    const shop = await rig(options)
    await shop.payments.deposit(depositOf('order-1'))
    shop.sandbox.payabl.accept(shop.transaction())
    await shop.sandbox.payabl.idle()
    return shop
  }

  test('is looked up and needs no review before that', async () => {
    const { payments, events, later } = await approved()
    await later(16).sync()
    expect(types(events)).toEqual(['deposit.not_credited_yet'])
    expect((await payments.getDeposit({ reference: 'order-1' })).reviews).toEqual([])
  })

  test('needs review once after that, and its state does not change', async () => {
    const { events, later } = await approved()
    const payments = later(18)
    await payments.sync()
    await later(19).sync()
    expect(types(events)).toEqual(['deposit.not_credited_yet', 'review.needed'])
    const payment = await payments.getDeposit({ reference: 'order-1' })
    expect(payment).toMatchObject({ state: 'not_credited_yet', reviews: [{ reason: 'overdue' }] })
    expect(payment.history.filter(({ method }) => method === 'elapsed:overdue')).toMatchObject([{ proof: 'elapsed' }])
  })

  test('is credited when the money comes later, and needs no more review', async () => {
    const { sandbox, events, later, transaction } = await approved()
    const payments = later(18)
    await payments.sync()
    sandbox.payabl.credit(transaction())
    await sandbox.payabl.idle()
    expect(types(events)).toEqual(['deposit.not_credited_yet', 'review.needed', 'deposit.credited'])
    expect(await payments.listReviews()).toEqual([])
  })

  test('is not looked up in every run, although payabl sends its notification again with every look-up', async () => {
    const { sandbox, later } = await approved({ assumptions: { resendTimestamp: 'same' } })
    const capture = sandbox.payabl.books().payments[0]?.transactions.at(-1)?.transactionId ?? ''
    const repeat = async (days: number) => {
      const at = new Date(Date.now() + days * 86_400_000)
      sandbox.payabl.notify(capture, { payment_state: 'not_credited_yet' }, { at })
      await sandbox.payabl.idle()
    }
    const lookUps = () => sandbox.payabl.requests().filter(({ action }) => action === 'tx_diagnose').length
    await later(1).sync()
    const first = lookUps()
    expect(first).toBeGreaterThan(0)
    for (const days of [1.05, 1.1, 1.15]) {
      await repeat(days - 0.03)
      await later(days).sync()
    }
    expect(lookUps()).toBe(first)
    await later(2).sync()
    expect(lookUps()).toBeGreaterThan(first)
  })
})

describe('the cross-check', () => {
  test('of a credit that payabl shows changes nothing, is done once, and is in the history', async () => {
    const { sandbox, payments, events, later } = await paid()
    const before = events.length
    await later(1).sync()
    await later(2).sync()
    expect(events).toHaveLength(before)
    const { state, history } = await payments.getDeposit({ reference: 'order-1' })
    expect(state).toBe('credited')
    expect(
      history.filter(({ method, members }) => method === 'check capture' && members.errorcode === '0'),
    ).toHaveLength(1)
    expect(sandbox.payabl.requests().filter(({ action }) => action === 'tx_diagnose')).toHaveLength(1)
  })

  test('of a credit that was refunded in part leads to no review, although payabl has one status for all steps', async () => {
    const shop = await rig({ assumptions: { stepType: 'invoice' } })
    const payment = await paidAt(shop)
    await shop.payments.refund({ payment, reference: 'refund-1', amount: sek('10.00') })
    await shop.later(1).sync()
    expect(types(shop.events)).toEqual(['deposit.credited'])
  })

  test('of a credit that payabl shows as failed reverses nothing and needs review', async () => {
    const { sandbox, payments, events, later, silence, transaction } = await rig()
    await payments.deposit(depositOf('order-1'))
    sandbox.payabl.accept(transaction())
    sandbox.payabl.notify(transaction(), { payment_state: 'credited' })
    await sandbox.payabl.idle()
    silence()
    sandbox.payabl.fail(transaction(), '-5001')
    await sandbox.payabl.idle()
    await later(1).sync()
    expect(types(events)).toEqual(['deposit.not_credited_yet', 'deposit.credited', 'review.needed'])
    expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      state: 'credited',
      reviews: [{ reason: 'lookup_differs' }],
    })
  })
})

test.each(['refund', 'payout'] as const)(
  'a %s whose look-ups fail needs review once after a day, and is never sent again',
  async (kind) => {
    const shop = await rig({
      account: { balance: { SEK: '1000.00' } },
      assumptions: { visibleAfterSeconds: 604_800, diagnoseNothing: 'error' },
    })
    const payment = await paidAt(shop)
    shop.sandbox.payabl.faults.dropNextAnswer(kind === 'refund' ? 'payment_refund' : 'payment_cft')
    const lookUps = { reference: 'out-1', amount: sek('10.00') }
    if (kind === 'refund') await shop.payments.refund({ ...lookUps, payment })
    else await shop.payments.payout({ ...lookUps, to: { payment }, customer: { id: 'c' } })
    expect(await shop.later().sync()).toMatchObject({ resolved: 0, manualReview: [] })
    expect((await shop.later(1.1).sync()).manualReview).toMatchObject([{ why: expect.stringMatching(/look-ups/) }])
    expect((await shop.later(2.2).sync()).manualReview).toEqual([])
    expect(types(shop.events)).toEqual(['deposit.credited', 'review.needed'])
    expect([...shop.refunds(), ...shop.payouts()]).toHaveLength(1)
  },
)
