import { paymentRef } from '@railswitch/core'
import { accepted, bank, creditedAt, failure, nothingFound, type RefundResponse } from './__fixtures__/bank.ts'

describe('money out never fails with "may have happened"', () => {
  test.each([
    ['its adapter throws', () => Promise.reject(new Error('marked-secret'))],
    ['its adapter returns this error', async () => failure('may_have_happened')],
  ])('if %s, it is unknown and counts', async (_name, response) => {
    const { payments, refund } = await creditedAt(bank(response))
    expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy: 'replay', why: 'recorded' })
    expect(await payments.getDeposit({ reference: 'order-1' })).toMatchObject({
      refundable: { value: '0.00', currency: 'EUR' },
      refunds: [{ state: 'unknown' }],
    })
  })

  test.each([
    ['looked up', { lookUp: () => nothingFound }, 'lookup'],
    ['resolved by an operator', {}, 'operator'],
  ])(
    'if nothing can be repeated, it must be %s, and the vendor is called only once',
    async (_name, more, resolveBy) => {
      let calls = 0
      const response = async () => {
        calls += 1
        return failure('may_have_happened')
      }
      const { payments, refund } = await creditedAt(bank(response, { replays: false, ...more }))
      expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy })
      expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy })
      expect(calls).toBe(1)
    },
  )
})

test('if an earlier call may have happened, a call that was not sent leaves it unknown, and it still counts', async () => {
  const responses = [failure('may_have_happened'), failure('not_sent'), failure('not_sent')]
  const { payments, refund } = await creditedAt(bank(async () => responses.shift() ?? accepted))
  for (let again = 0; again < 3; again += 1)
    expect(await payments.refund(refund)).toMatchObject({ status: 'unknown', resolveBy: 'replay' })
  await expect(payments.refund({ ...refund, reference: 'r-2' })).rejects.toMatchObject({ code: 'exceeds_refundable' })
  expect(await payments.refund(refund)).toMatchObject({ status: 'accepted' })
})

describe('two simultaneous calls of one refund, when the first one was not sent', () => {
  const race = async () => {
    const asked: ((response: RefundResponse) => void)[] = []
    let received = (): void => {}
    const vendor = bank(({ intent }) =>
      intent.reference === 'r-2'
        ? Promise.resolve(accepted)
        : new Promise((resolve) => {
            asked.push(resolve)
            received()
          }),
    )
    const { payments, refund } = await creditedAt(vendor)
    const call = async () => {
      const reachedTheVendor = new Promise<void>((resolve) => {
        received = resolve
      })
      const response = payments.refund(refund)
      await reachedTheVendor
      return { response }
    }
    const first = await call()
    const second = await call()
    const [refuseFirst, answerSecond] = asked
    refuseFirst?.(failure('not_sent'))
    await expect(first.response).rejects.toMatchObject({ effect: 'not_sent' })
    return { payments, refund, second: second.response, accept: () => answerSecond?.(accepted) }
  }

  test('the accepted result of the second is recorded and counts', async () => {
    const { payments, refund, second, accept } = await race()
    accept()
    expect(await second).toMatchObject({ status: 'accepted' })
    expect((await payments.getDeposit({ reference: 'order-1' })).refunds).toMatchObject([
      { reference: 'r-1', state: 'accepted' },
    ])
    await expect(payments.refund({ ...refund, reference: 'r-2' })).rejects.toMatchObject({ code: 'exceeds_refundable' })
  })

  test('a third refund is refused while the second may still be paid', async () => {
    const { payments, refund, second, accept } = await race()
    await expect(payments.refund({ ...refund, reference: 'r-2' })).rejects.toMatchObject({ code: 'exceeds_refundable' })
    accept()
    expect(await second).toMatchObject({ status: 'accepted' })
  })
})

test('sync continues after a rail that throws, and tries it again in the next run', async () => {
  let received = 0
  let hours = 1
  const lookUp = () => () => {
    received += 1
    return Promise.reject(new Error('marked-secret'))
  }
  const { payments, refund, logs } = await creditedAt(
    bank(async () => failure('may_have_happened'), { replays: false, lookUp }),
    () => new Date(Date.now() + hours * 3_600_000),
  )
  await payments.refund(refund)
  hours = 2
  expect(await payments.sync()).toMatchObject({ payments: 1, resolved: 0, manualReview: [] })
  hours = 3
  await payments.sync()
  expect(received).toBe(2)
  expect(logs.join()).toContain('sync of a payment failed')
  expect(logs.join()).not.toContain('marked-secret')
})

test('a payment is found by the ref that deposit() returned, and not by a ref of another rail or attempt', async () => {
  const { payments, refund } = await creditedAt(bank(async () => accepted))
  expect((await payments.getDeposit({ payment: refund.payment })).state).toBe('credited')
  for (const parts of [
    { rail: 'other', kind: 'deposit', reference: 'order-1', attempt: 1 },
    { rail: 'bank', kind: 'deposit', reference: 'order-1', attempt: 2 },
    { rail: 'bank', kind: 'refund', reference: 'order-1', attempt: 1 },
  ] as const)
    await expect(payments.getDeposit({ payment: paymentRef(parts) })).rejects.toMatchObject({ code: 'not_found' })
  await expect(payments.getDeposit({ reference: '' })).rejects.toMatchObject({ code: 'invalid_input' })
  for (const named of [{ reference: 5 }, { payment: 'order-1' }, {}])
    await expect(payments.getDeposit(named as { reference: string })).rejects.toMatchObject({ code: 'not_found' })
})
