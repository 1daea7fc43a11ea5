import { depositOf, shopAtTrustly } from './scenarios/__fixtures__/shop-at-trustly.ts'

test('close waits for running work and starts nothing new, and another process continues', async () => {
  const shop = await shopAtTrustly()
  try {
    const payments = shop.start()
    await payments.deposit(depositOf('order-1'))
    let finish = (): void => {}
    const entered = new Promise<void>((resolve) => {
      shop.behaviour.handle = () =>
        new Promise<void>((end) => {
          finish = end
          resolve()
        })
    })
    shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] })
    await entered
    let isClosed = false
    const closing = payments.close().then(() => {
      isClosed = true
    })
    const refused = { code: 'closed', effect: 'not_sent' }
    await expect(payments.deposit(depositOf('order-2'))).rejects.toMatchObject(refused)
    await expect(payments.sync()).rejects.toMatchObject(refused)
    const request = new Request(`${shop.url}/t/token`, { method: 'POST', body: '{}' })
    expect((await payments.callbacks.web(request)).status).toBe(503)
    expect(isClosed).toBe(false)
    shop.behaviour.handle = () => {}
    finish()
    await closing
    const next = shop.start()
    await shop.sandbox.trustly.idle()
    expect(await next.getDeposit({ reference: 'order-1' })).toMatchObject({ state: 'credited' })
    expect(shop.events.map(({ type }) => type).filter((type) => type === 'deposit.credited')).toHaveLength(1)
  } finally {
    await shop.close()
  }
})

test('a handler that runs during close() can still make calls, but not after it has ended', async () => {
  const shop = await shopAtTrustly()
  try {
    const payments = shop.start()
    const { payment } = await payments.deposit(depositOf('order-1'))
    const refund = { payment, reference: 'r-1', amount: { value: '10.00', currency: 'SEK' } }
    let afterwards: Promise<unknown> = Promise.resolve()
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    shop.behaviour.handle = async () => {
      void payments.close()
      await payments.refund(refund)
      afterwards = ended.then(() => payments.refund({ ...refund, reference: 'r-2' }))
      afterwards.catch(() => {})
    }
    shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] })
    await shop.sandbox.trustly.idle()
    await payments.close()
    end()
    await expect(afterwards).rejects.toMatchObject({ code: 'closed' })
    expect((await payments.getDeposit({ reference: 'r-1' })).refunds).toMatchObject([{ state: 'accepted' }])
    expect(shop.events.map(({ type }) => type)).toEqual(['deposit.credited'])
  } finally {
    await shop.close()
  }
})

test('after close(), sync ends with the payments that it has begun with, and the next process handles the rest', async () => {
  const shop = await shopAtTrustly()
  try {
    const refusing = shop.start()
    shop.behaviour.handle = () => {
      throw new Error('not now')
    }
    // One more than sync processes at once.
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const reference = `order-${number}`
      await refusing.deposit(depositOf(reference))
      shop.sandbox.trustly.complete(shop.order(reference).orderId, { notify: ['credit'] })
      await shop.sandbox.trustly.idle()
    }
    shop.clock.aheadMs = 3_600_000
    const payments = shop.start()
    let closing: Promise<void> | undefined
    shop.behaviour.handle = () => {
      closing ??= payments.close()
    }
    expect(await payments.sync()).toMatchObject({ payments: 8, handled: 8 })
    await closing
    expect(await shop.start().sync()).toMatchObject({ handled: 1 })
  } finally {
    await shop.close()
  }
})
