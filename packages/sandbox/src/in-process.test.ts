import { keys } from './__fixtures__/keys.ts'
import { depositFields, isSecured, signedBody as signedForm } from './__fixtures__/payabl/shop.ts'
import { acknowledge, type Data, depositData, signedBody } from './__fixtures__/trustly/shop.ts'
import { createVirtualPlatform } from './__fixtures__/virtual-platform.ts'
import { type HttpResponse, type InProcessSandboxOptions, type Post, startInProcessSandbox } from './in-process.ts'

const url = 'https://vendors.example'
const callbackUrl = 'https://shop.example/callbacks'
const ok = { status: 200, body: Buffer.from('OK') }

/** A shop that acknowledges every notification of either vendor. */
const acknowledgeAll: Post = async ({ contentType, body }) => {
  if (!contentType.startsWith('application/json')) return ok
  return { status: 200, body: Buffer.from(acknowledge(JSON.parse(Buffer.from(body).toString()), keys.merchant)) }
}

interface World extends Partial<Omit<InProcessSandboxOptions, 'url' | 'platform'>> {
  readonly seed?: number
  readonly post?: Post
}

/** A sandbox, and a shop that uses it. Every response and every notification is recorded. */
const startWorld = async ({ seed = 1, post = acknowledgeAll, ...options }: World = {}) => {
  const trace: string[] = []
  const record = (name: string, content: unknown) => trace.push(`${name} ${JSON.stringify(content)}`)
  const virtual = createVirtualPlatform(seed, (message, signal) => {
    record('notification', { ...message, body: Buffer.from(message.body).toString('latin1') })
    return post(message, signal)
  })
  const { platform } = virtual
  const sandbox = await startInProcessSandbox({ url, platform, trustly: { keys }, ...options })
  const send = async (method: string, address: string, body = ''): Promise<HttpResponse> => {
    const response = await sandbox.handle({ method, url: address, body })
    record('response', response === 'hang up' ? response : { ...response, body: textOf(response) })
    return response
  }
  let calls = 0
  const trustly = async (method: string, data: Data) => {
    calls += 1
    const uuid = `00000000-0000-4000-8000-${String(calls).padStart(12, '0')}`
    return textOf(await send('POST', `${url}/api/1`, signedBody(method, data, { uuid, key: keys.merchant })))
  }
  const payabl = async (
    action: string,
    fields: Record<string, string | undefined>,
    secret = sandbox.payabl.merchant.secret,
  ) => {
    const body = signedForm({ merchantid: sandbox.payabl.merchant.merchantId, ...fields }, secret)
    return new URLSearchParams(textOf(await send('POST', `${sandbox.payabl.url}/${action}`, body)))
  }
  return {
    ...virtual,
    sandbox,
    send,
    trustly,
    payabl,
    record,
    trace,
    /** Places a deposit at Trustly. */
    deposit: async (messageId: string, attributes: Data = {}) => {
      const order = { MessageID: messageId, NotificationURL: callbackUrl }
      const { data } = JSON.parse(
        await trustly('Deposit', depositData(sandbox.trustly.merchant, order, attributes)),
      ).result
      return { orderId: String(data.orderid), page: String(data.url) }
    },
    /** Starts a pay-in at payabl. */
    payIn: async (orderid: string) => {
      const response = await payabl('payment_preauthorize', depositFields({ orderid, notification_url: callbackUrl }))
      return response.get('transactionid') ?? ''
    },
    order: (orderId: string) => sandbox.trustly.books().orders.find((order) => order.orderId === orderId),
    payInState: (id: string) =>
      sandbox.payabl
        .books()
        .payments.flatMap(({ transactions }) => transactions)
        .find(({ transactionId }) => transactionId === id)?.state,
  }
}

const textOf = (response: HttpResponse): string =>
  response === 'hang up' ? response : Buffer.from(response.body ?? '').toString('latin1')

const minute = 60_000

/** Everything that vendors do: payments, pages, money back, other merchants, chaos, repeated and late notifications. */
const playHistory = async (seed: number): Promise<string> => {
  let notifications = 0
  const world = await startWorld({
    seed,
    trustly: { keys, balance: { SEK: '1000.00' }, switches: { account: true, freshUuids: true } },
    payabl: { redeliverAfterMs: [minute] },
    chaos: {
      rules: [
        { do: 'wrong-uuid', on: 'call', nth: 3 },
        { do: 'delay', on: 'callback', nth: 2 },
        { do: 'odd-members', on: 'callback', vendor: 'trustly', nth: 4 },
        { do: 'stranger', on: 'callback', nth: [3, 6] },
      ],
    },
    post: (message, signal) => {
      notifications += 1
      return notifications % 4 === 0 ? Promise.reject(new Error('connection lost')) : acknowledgeAll(message, signal)
    },
  })
  const { sandbox, advance, record } = world
  const { trustly, payabl } = sandbox
  const paid = await world.deposit('order-1')
  trustly.complete(paid.orderId)
  await advance(minute)
  const late = await world.deposit('order-2')
  await world.send('GET', late.page)
  await world.send('POST', late.page, 'step=bank&bank=V%C3%A4ttern+Bank')
  trustly.complete(late.orderId, { notify: ['pending'] })
  trustly.cancel(late.orderId)
  trustly.debit(paid.orderId, '3.00')
  await advance(10 * minute)
  trustly.complete(trustly.stranger.imitate(paid.orderId, { messageId: 'order-5' }), { notify: ['credit'] })
  const refund = { Username: trustly.merchant.username, Password: trustly.merchant.password, Attributes: null }
  await world.trustly('Refund', { ...refund, OrderID: paid.orderId, Amount: '10.00', Currency: 'SEK' })
  trustly.returnRefund(paid.orderId, '10.00')
  const bought = await world.payIn('order-3')
  payabl.accept(bought)
  payabl.credit(bought)
  await world.payIn('order-4')
  payabl.refundFromDashboard(bought, '1.00')
  payabl.chargeBack(bought)
  payabl.credit(payabl.otherShop.imitate(bought))
  await advance(24 * 60 * minute)
  record('books', [trustly.books(), payabl.books(), trustly.books('sandbox_stranger')])
  record('requests', [trustly.requests(), payabl.requests(), sandbox.chaos.log()])
  await sandbox.close()
  return world.trace.join('\n')
}

test('the same seed gives the same bytes, and another seed others', async () => {
  const first = await playHistory(7)
  expect(await playHistory(7)).toBe(first)
  expect(await playHistory(8)).not.toBe(first)
  expect(first.match(/^notification /gm)?.length).toBeGreaterThan(15)
  expect(first).toContain('no answer: connection lost')
})

describe('the platform’s time', () => {
  test('expires payments whose customer does nothing, and fails those whose money does not come', async () => {
    const { sandbox, advance, deposit, payIn, order, payInState } = await startWorld()
    const [{ orderId }, unpaid, accepted] = [await deposit('order-1'), await payIn('order-2'), await payIn('order-3')]
    sandbox.payabl.accept(accepted)
    await advance(30 * minute)
    expect(order(orderId)?.state).toBe('created')
    await advance(1)
    expect(order(orderId)?.state).toBe('cancelled')
    await advance(15 * 24 * 60 * minute)
    // payabl reports an expiry only when the customer returns to the page.
    expect([payInState(unpaid), payInState(accepted)]).toEqual(['pending', 'not_credited'])
    await sandbox.close()
  })

  test('repeats a notification that was not acknowledged', async () => {
    let down = true
    const { sandbox, advance, turn, deposit, order } = await startWorld({
      post: (message, signal) => (down ? Promise.resolve({ ...ok, status: 503 }) : acknowledgeAll(message, signal)),
    })
    const { orderId } = await deposit('order-1')
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await turn()
    down = false
    await advance(9_999)
    expect(order(orderId)?.notifications).toMatchObject([{ delivered: false, attempts: { length: 1 } }])
    await advance(1)
    const attempts = [
      { at: '2026-03-02T08:00:00.000Z', outcome: 'HTTP status 503' },
      { at: '2026-03-02T08:00:10.000Z', outcome: 'accepted' },
    ]
    expect(order(orderId)?.notifications).toMatchObject([{ delivered: true, attempts }])
    await sandbox.close()
  })

  test('ends attempts that get no reply, so that those behind them have their turn', async () => {
    let posted = 0
    const { sandbox, advance, turn, deposit } = await startWorld({
      trustly: { keys, redeliverAfterMs: [] },
      post: () => {
        posted += 1
        return new Promise(() => {})
      },
    })
    for (let index = 0; index < 70; index += 1) {
      const { orderId } = await deposit(`order-${index}`)
      sandbox.trustly.complete(orderId, { notify: ['credit'] })
    }
    await turn()
    expect(posted).toBe(64)
    await advance(30_000)
    expect(posted).toBe(70)
    const outcomes = () =>
      sandbox.trustly.books().orders.flatMap(({ notifications }) => notifications.flatMap(({ attempts }) => attempts))
    expect(outcomes()).toHaveLength(64)
    expect(outcomes()[0]).toEqual({
      at: '2026-03-02T08:00:00.000Z',
      outcome: 'no answer: nothing came within 30000 ms',
    })
    await sandbox.close()
    expect(outcomes()).toHaveLength(70)
  })

  test('delays responses, and ends the wait for an answer about the customer', async () => {
    const { sandbox, advance, deposit, send } = await startWorld({
      chaos: { rules: [{ do: 'delay', on: 'call', nth: 2, ms: 2_000 }] },
      post: () => new Promise(() => {}),
    })
    const { page } = await deposit('order-1', { RequestKYC: 1 })
    const slow = deposit('order-2')
    let done = false
    void slow.then(() => {
      done = true
    })
    await advance(1_999)
    expect(done).toBe(false)
    await advance(1)
    await slow
    await send('POST', page, 'step=bank&bank=V%C3%A4ttern+Bank')
    await send('POST', page, 'step=login&login=customer')
    const [, account] = /name="account" value="(\d+)"/.exec(textOf(await send('GET', page))) ?? []
    await send('POST', page, `step=account&account=${account}`)
    const [, code] = /id="one-time-code">(\d+)</.exec(textOf(await send('GET', page))) ?? []
    const confirmed = send('POST', page, `step=confirm&code=${code}`)
    await advance(5_000)
    expect(textOf(await confirmed)).toContain('The shop has not answered yet.')
    await sandbox.close()
  })
})

test('the platform makes and checks every signature', async () => {
  const { platform, turn } = createVirtualPlatform(1, acknowledgeAll)
  const checked: string[] = []
  const sandbox = await startInProcessSandbox({
    url: `${url}/`,
    platform: {
      ...platform,
      sign: (hash) => Buffer.from(`signed with ${hash}`),
      verify: (hash, _bytes, publicKey) => {
        checked.push(`${publicKey.asymmetricKeyType} ${hash}`)
        return true
      },
    },
    trustly: { keys },
  })
  const order = { MessageID: 'order-1', NotificationURL: callbackUrl }
  const body = signedBody('Deposit', depositData(sandbox.trustly.merchant, order), {
    key: keys.stranger,
    hash: 'RS256',
  })
  const { result } = JSON.parse(textOf(await sandbox.handle({ method: 'POST', url: `${url}/api/1`, body })))
  expect(result.signature).toBe(`alg=RS256;${Buffer.from('signed with sha256').toString('base64')}`)
  sandbox.trustly.complete(String(result.data.orderid), { notify: ['credit'] })
  await turn()
  expect(checked).toEqual(['rsa sha256', 'rsa sha1'])
  expect(sandbox.trustly.books().orders[0]?.notifications).toMatchObject([{ delivered: true }])
  await sandbox.close()
})

test('answers as the server does where there is no route, another method or too large a body', async () => {
  const { sandbox, send } = await startWorld()
  expect(await send('GET', `${url}/back-office`)).toEqual({ status: 404 })
  expect(await send('GET', `${url}/api/1`)).toEqual({ status: 405, headers: { Allow: 'POST' } })
  expect(await send('POST', `${url}/api/1`, 'x'.repeat(65_537))).toEqual({ status: 413 })
  await expect(send('POST', 'https://other.example/api/1')).rejects.toThrow('is not an address of the vendors')
  sandbox.trustly.faults.dropNextAnswer()
  expect(await send('POST', `${url}/api/1`, '{}')).toBe('hang up')
  await sandbox.close()
})

test('a merchant’s key is replaced while the sandbox runs', async () => {
  const { sandbox, turn, trustly, deposit, order } = await startWorld()
  const { orderId } = await deposit('order-1')
  sandbox.trustly.setPublicKey(sandbox.trustly.stranger.publicKey)
  const balance = { Username: sandbox.trustly.merchant.username, Password: sandbox.trustly.merchant.password }
  expect(JSON.parse(await trustly('Balance', balance)).error).toMatchObject({ code: 636 })
  sandbox.trustly.complete(orderId, { notify: ['credit'] })
  await turn()
  const [credit] = order(orderId)?.notifications ?? []
  expect(credit?.attempts[0]?.outcome).toBe('the signature does not verify: signed with another key')
  sandbox.trustly.setPublicKey(sandbox.trustly.merchant.publicKey)
  expect(await sandbox.trustly.redeliver(credit?.id ?? '')).toBe('accepted')
  expect(() => sandbox.trustly.setPublicKey('none')).toThrow()
  sandbox.trustly.setPublicKey(sandbox.trustly.merchant.publicKey, 'sandbox_stranger')
  await sandbox.close()
})

test('a merchant’s secret is replaced while the sandbox runs', async () => {
  const { sandbox, trace, turn, payabl, payIn } = await startWorld()
  const { merchant, otherShop } = sandbox.payabl
  const transactionId = await payIn('order-1')
  sandbox.payabl.setSecret('new')
  expect([merchant.secret === 'new', otherShop.secret]).toEqual([false, 'new'])
  const query = { type: 'tx', transactionid: transactionId }
  expect(String(await payabl('tx_diagnose', query))).toContain('-999')
  expect(String(await payabl('tx_diagnose', query, 'new'))).not.toContain('-999')
  sandbox.payabl.credit(transactionId)
  await turn()
  const body = new URLSearchParams(JSON.parse(/^notification (.*)/.exec(trace.at(-1) ?? '')?.[1] ?? '').body)
  const fields = Object.fromEntries(body)
  expect(isSecured({ body: '', contentType: undefined, fields }, 'new')).toBe(true)
  await sandbox.close()
})
