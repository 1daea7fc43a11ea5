import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { keys } from '../../__fixtures__/keys.ts'
import { startMerchants } from '../../__fixtures__/trustly/merchants.ts'
import {
  acknowledge,
  ask,
  call,
  callBody,
  type Data,
  depositData,
  isSigned,
  placeDeposit,
  post,
  refundData,
  registerAccount,
  sample,
} from '../../__fixtures__/trustly/shop.ts'
import { type ChaosKind, type Sandbox, startSandbox, walkCheckout } from '../../index.ts'

// Every sentence of the faithfulness list, protocol/trustly.md, section 13: the names quote it.

let merchants: Awaited<ReturnType<typeof startMerchants>>
let sandbox: Sandbox
let shop: (typeof merchants)['shop']
let others: Array<{ readonly close: () => Promise<unknown> }> = []

const start = () => {
  const began = new Date('2026-03-10T12:00:00Z')
  return startMerchants({
    now: () => began,
    trustly: { redeliverAfterMs: [0, 1] },
    each: { balance: { SEK: '500.00' } },
  })
}

beforeAll(async () => {
  merchants = await start()
})

beforeEach(async () => {
  sandbox = await merchants.next()
  sandbox.chaos.set({ rules: [] })
  shop = merchants.shop
})

afterEach(async () => {
  await Promise.all(others.map(({ close }) => close()))
  others = []
})

afterAll(() => merchants.close())

/** A sandbox of the test's own, whose clock it may move. */
const moveClock = async (): Promise<void> => {
  const own = await start()
  others.push(own)
  sandbox = await own.next()
  shop = own.shop
}

const merchant = () => sandbox.trustly.merchant
const place = (attributes = {}) => placeDeposit(sandbox, { NotificationURL: shop.url }, attributes)
const order = (orderId: string) => sandbox.trustly.books().orders.find((entry) => entry.orderId === orderId)
const reported = async () => {
  await sandbox.trustly.idle()
  return shop.received.map(({ message }) => message)
}
const methods = async () => (await reported()).map(({ method }) => method)
const pay = async (data = {}) =>
  ask(sandbox, 'AccountPayout', { AccountID: await registerAccount(sandbox), NotificationURL: shop.url, ...data })
const answerOf = async (body: string) => (await post(sandbox.trustly.url, body)).text()

describe('1', () => {
  const send = (path: string, headers: Record<string, string>, method = 'POST') => {
    const body =
      method === 'POST'
        ? callBody(sandbox, 'Balance', { Username: merchant().username, Password: merchant().password })
        : null
    return fetch(`${sandbox.url}${path}`, { method, headers, body })
  }

  test.each(['/api/1', '/1'])('“Endpoints `/api/1` (and `/1`), POST only”: %s', async (path) => {
    const response = await send(path, { 'Content-Type': 'application/json' })
    expect(response.status).toBe(200)
    expect(JSON.parse(await response.text()).result.method).toBe('Balance')
    expect((await send(path, {}, 'GET')).status).toBe(405)
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'application/json-rpc', ''])(
    '“any `application/json*`”, or none at all: %j',
    async (type) => {
      const response = await send('/api/1', type === '' ? {} : { 'Content-Type': type })
      expect(JSON.parse(await response.text()).result.method).toBe('Balance')
    },
  )

  test('“200 for every JSON-RPC answer”', async () => {
    for (const body of ['no JSON', callBody(sandbox, 'Nothing', {}), callBody(sandbox, 'Balance', {})])
      expect((await post(sandbox.trustly.url, body)).status).toBe(200)
  })

  test('“Own key pair; print the public key”: a fresh one with every start, and none is shipped', async () => {
    const started = [await startSandbox(), await startSandbox()] as const
    others.push(...started)
    const [one, two] = started.map(({ trustly }) => trustly.publicKey)
    expect(one).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(two).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(one).not.toBe(two)
  })
})

describe('2', () => {
  test('“Order of checks as in §5”: each call has all the later mistakes too', async () => {
    const { username } = merchant()
    const wrong = depositData(merchant(), { Password: 'wrong' }, { Amount: '1' })
    const right = { ...wrong, Password: merchant().password }
    const uuid = randomUUID()
    await call(sandbox, 'Deposit', depositData(merchant(), { MessageID: 'used' }), { uuid })
    sandbox.trustly.change({ hostDenied: true, deniedMethods: ['Deposit'], blockedEndUsers: ['12345'] })
    const steps: Array<[number, Parameters<typeof call>[2], string, object]> = [
      [601, wrong, 'Depositt', { text: 'wrong' }],
      [616, wrong, 'Deposit', { text: 'wrong' }],
      [636, right, 'Deposit', { text: 'wrong' }],
      [607, right, 'Deposit', { uuid }],
    ]
    for (const [code, data, method, signed] of steps)
      expect((await call(sandbox, method, data, signed)).error.code).toBe(code)
    sandbox.trustly.change({ hostDenied: false })
    expect((await call(sandbox, 'Deposit', right, { uuid })).error.code).toBe(602)
    sandbox.trustly.change({ deniedMethods: [] })
    expect((await call(sandbox, 'Deposit', right, { uuid })).error.code).toBe(688)
    const used = depositData(merchant(), { MessageID: 'used' }, { Amount: '1' })
    expect((await call(sandbox, 'Deposit', used)).error.code).toBe(615)
    expect((await call(sandbox, 'Deposit', depositData(merchant(), { MessageID: 'used' }))).error.code).toBe(637)
    expect((await call(sandbox, 'Deposit', depositData(merchant()))).error.code).toBe(638)
    expect(sandbox.trustly.books(username).orders).toHaveLength(1)
  })

  test('“Order of checks as in §5”: credentials before the public key, and that before the signature', async () => {
    const keyless = { username: 'keyless', password: 'secret' }
    const other = await startSandbox({ trustly: { keys, merchants: [keyless] } })
    others.push(other)
    const signed = { text: 'wrong' }
    expect((await call(other, 'Deposit', depositData({ ...keyless, password: 'x' }), signed)).error.code).toBe(616)
    expect((await call(other, 'Deposit', depositData(keyless), signed)).error.code).toBe(639)
  })

  test('“Signed error shape as in §1.3”', async () => {
    const uuid = randomUUID()
    const { version, error } = await call(sandbox, 'Refund', refundData(merchant(), '1', '1.00'), { uuid })
    expect(version).toBe('1.1')
    const data = { code: 655, message: 'ERROR_INVALID_ORDER_ID' }
    expect(error).toEqual({
      name: 'JSONRPCError',
      ...data,
      error: { signature: expect.any(String), uuid, method: 'Refund', data },
    })
    expect(isSigned(error.error, error.error.signature, sandbox.trustly.publicKey)).toBe(true)
  })

  test('“for unparsable JSON: uuid/method null, plaintext = serialise(data) with empty method/uuid”', async () => {
    const { error } = JSON.parse(await answerOf('{"method":'))
    expect(error.error).toMatchObject({ uuid: null, method: null })
    expect(isSigned(error.error, error.error.signature, sandbox.trustly.publicKey)).toBe(true)
  })
})

describe('3', () => {
  test('“Replay cache: (merchant, UUID) → exact response bytes if the request body is equal … Keep indefinitely”', async () => {
    await moveClock()
    const body = callBody(sandbox, 'Deposit', depositData(merchant()))
    const first = await answerOf(body)
    await sandbox.clock.move(3 * 365 * 24 * 3_600_000)
    expect(await answerOf(body)).toBe(first)
  })

  test('“different → 688”', async () => {
    const uuid = randomUUID()
    await call(sandbox, 'Deposit', depositData(merchant()), { uuid })
    expect((await call(sandbox, 'Deposit', depositData(merchant()), { uuid })).error).toMatchObject({
      code: 688,
      message: 'ERROR_DUPLICATE_UUID',
    })
  })
})

test('4 “MessageID uniqueness across all order-creating methods … → 637”', async () => {
  const MessageID = 'once'
  sandbox.trustly.settle('1.00', 'SEK')
  await ask(sandbox, 'SelectAccount', { MessageID })
  const accountId = await registerAccount(sandbox)
  for (const method of [
    'Withdraw',
    'SelectAccount',
    'AccountPayout',
    'RegisterAccountPayout',
    'Charge',
    'MerchantSettlement',
  ])
    expect((await ask(sandbox, method, { MessageID, AccountID: accountId })).error).toMatchObject({
      code: 637,
      message: 'ERROR_DUPLICATE_MESSAGE_ID',
    })
  expect((await call(sandbox, 'Deposit', depositData(merchant(), { MessageID }))).error.code).toBe(637)
})

describe('5', () => {
  test('“Ids: 10-digit decimal strings”', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    const [pending] = await reported()
    const ids = [orderId, await registerAccount(sandbox), pending?.params.data.notificationid]
    for (const id of ids) expect(id).toMatch(/^[1-9]\d{9}$/)
  })

  test('“AccountID deterministic per account details”', async () => {
    const other = await startSandbox({ trustly: { keys } })
    others.push(other)
    expect(await registerAccount(other)).toBe(await registerAccount(sandbox))
  })

  test.each([
    ['6112', '69706212', 'Handelsbanken', '**706212'],
    ['5329', '1865391', 'SEB', '*865391'],
  ])(
    '“descriptor masks … stars for all but the last six digits”: %s %s',
    async (BankNumber, AccountNumber, bank, descriptor) => {
      const { result } = await ask(sandbox, 'RegisterAccount', { BankNumber, AccountNumber })
      expect(result.data).toMatchObject({ bank, descriptor })
    },
  )

  test('“account notification sample instead shows `**** *084057`”', async () => {
    sandbox.trustly.change({ account: true })
    const { result } = await ask(sandbox, 'SelectAccount', { NotificationURL: shop.url })
    await walkCheckout(result.data.url)
    const [account] = await reported()
    expect(account?.params.data).toMatchObject({ attributes: { descriptor: expect.stringMatching(/^\*{4} \*\d{6}$/) } })
    expect(sample('docs-notification-account').params.data.attributes.descriptor).toBe('**** *084057')
  })
})

describe('6', () => {
  test('“Notifications: separate worker, per order configurable order/concurrency/duplicate/delay”', async () => {
    const { orderId } = await place({ HoldNotifications: 1 })
    const [pending = '', credit = ''] = sandbox.trustly.complete(orderId)
    expect(await sandbox.trustly.redeliver(credit)).toBe('accepted')
    expect(await Promise.all([pending, credit].map(sandbox.trustly.redeliver))).toEqual(['accepted', 'accepted'])
    expect(await methods()).toHaveLength(3)
    expect((await methods())[0]).toBe('credit')
  })

  test('“redelivery with same notificationid, growing interval (e.g. 10 s, 1 m, 5 m, 30 m, 1 h…)”', async () => {
    const began = new Date('2026-03-10T12:00:00Z')
    const patient = await startSandbox({ now: () => began, trustly: { keys } })
    others.push(patient)
    for (let times = 0; times < 6; times += 1) shop.answers.push((_, response) => response.writeHead(503).end())
    const { orderId } = await placeDeposit(patient, { NotificationURL: shop.url })
    const attempts = () => patient.trustly.books().orders[0]?.notifications[0]?.attempts ?? []
    patient.trustly.complete(orderId, { notify: ['credit'] })
    while (attempts().length === 0) await setImmediate()
    await patient.clock.move(3 * 3_600_000)
    const times = attempts().map(({ at }) => new Date(at).getTime() / 1000)
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(waits).toEqual([10, 60, 300, 1800, 3600])
    expect(new Set(shop.received.map(({ message }) => message.params.data.notificationid)).size).toBe(1)
  })

  type Answer = (typeof shop.answers)[number]
  const reply =
    (changes: object): Answer =>
    ({ message }, response) =>
      response.end(acknowledge(message, merchant().privateKey, changes))

  test.each<[sentence: string, reason: string, answer: Answer]>([
    ['2xx?', 'HTTP status 500', (_, response) => response.writeHead(500).end()],
    ['JSON', 'unexpected JSON', (_, response) => response.end('OK')],
    [
      'signature verifies with merchant public key',
      'the signature does not verify: SHA-256 without the prefix alg=RS256;',
      ({ message }, response) =>
        response.end(acknowledge(message, merchant().privateKey, { hash: 'RS256' }).replace('alg=RS256;', '')),
    ],
    ['same uuid', 'result.uuid is not', reply({ uuid: '00000000-0000-0000-0000-000000000000' })],
    ['same method', 'result.method is not', reply({ method: 'debit' })],
    ['legal status', 'the status is not OK', reply({ status: 'FAILED' })],
  ])('“accept a reply only if: … %s … Record verdict + hint; re-send otherwise”', async (_, reason, answer) => {
    shop.answers.push(answer)
    const { orderId } = await place()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    expect(await methods()).toEqual(['credit', 'credit'])
    expect(order(orderId)?.notifications[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
      expect.stringContaining(reason),
      'accepted',
    ])
  })

  test('“2xx? (configurable)”: the vendor’s own clients answer FAILED with 500', async () => {
    const failed: Answer = ({ message }, response) =>
      response.writeHead(500).end(acknowledge(message, merchant().privateKey, { status: 'FAILED' }))
    const debits = async (amount: string) => {
      shop.answers.push(failed)
      sandbox.trustly.debit(orderId, amount)
      await sandbox.trustly.idle()
    }
    const { orderId } = await place()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    await debits('1.00')
    sandbox.trustly.change({ repliesAtAnyStatus: false })
    await debits('2.00')
    expect(order(orderId)?.debits).toEqual([
      { amount: '1.00', answer: 'FAILED' },
      { amount: '2.00', answer: 'OK' },
    ])
    expect(await methods()).toEqual(['credit', 'debit', 'debit', 'debit'])
  })

  test('“HoldNotifications support”', async () => {
    const { orderId } = await place({ HoldNotifications: '1' })
    sandbox.trustly.complete(orderId)
    expect(await methods()).toEqual([])
    expect(order(orderId)?.notifications.map(({ delivered }) => delivered)).toEqual([false, false])
  })
})

test('7 “Optional notifications off by default: account, payoutconfirmation, payoutfailed; flags per merchant”', async () => {
  const events = async () => {
    shop.received.length = 0
    const { result } = await ask(sandbox, 'SelectAccount', { NotificationURL: shop.url })
    await walkCheckout(result.data.url)
    const { orderid } = (await pay()).result.data
    sandbox.trustly.confirmPayout(orderid)
    sandbox.trustly.failPayout(orderid)
    return (await methods()).sort()
  }
  expect(await events()).toEqual(['credit'])
  sandbox.trustly.change({ account: true, payoutconfirmation: true, payoutfailed: true })
  expect(await events()).toEqual(['account', 'credit', 'payoutconfirmation', 'payoutfailed'])
})

describe('8', () => {
  test.each([
    ['pending-credit', ['pending', 'credit']],
    ['credit', ['credit']],
    ['pending', ['pending']],
    ['pending-cancel', ['pending', 'cancel']],
    ['credit-debit', ['credit', 'debit']],
    ['other-amount', ['pending', 'credit']],
  ])('“Checkout page with the scenarios of §6/§8 (D1 credit→debit at least)”: %s', async (outcome, events) => {
    const { url } = await place()
    await walkCheckout(url, { outcome, amount: '1.00' })
    expect(await methods()).toEqual(events)
  })

  test.each([
    ['CONTINUE', 'success', ['kyc', 'pending', 'credit']],
    ['FINISH', 'fail', ['kyc', 'cancel']],
  ])('“kyc wait”: %s', async (status, page, events) => {
    shop.answers.push(({ message }, response) => response.end(acknowledge(message, merchant().privateKey, { status })))
    const { url } = await place({ RequestKYC: '1' })
    expect(await walkCheckout(url)).toBe(`https://shop.example/${page}`)
    expect(await methods()).toEqual(events)
  })

  test('“expiry → cancel”', async () => {
    await moveClock()
    const { orderId, url } = await place()
    await sandbox.clock.move(30 * 60_000 + 1)
    expect(await methods()).toEqual(['cancel'])
    expect(order(orderId)?.state).toBe('cancelled')
    expect((await fetch(url)).status).toBe(410)
  })
})

describe('9', () => {
  const balance = () => sandbox.trustly.books().balance.SEK

  test('“Balance accounting per currency: deposits +, refunds/payouts −”', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    expect(balance()).toBe('603.00')
    await call(sandbox, 'Refund', refundData(merchant(), orderId, '3.00'))
    await pay()
    expect(balance()).toBe('500.00')
    const euro = await place({ Currency: 'EUR', Amount: '5.00' })
    sandbox.trustly.complete(euro.orderId)
    expect(sandbox.trustly.books().balance).toEqual({ SEK: '500.00', EUR: '5.00' })
  })

  test('“insufficient → refund queued”', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    sandbox.trustly.settle('600.00', 'SEK')
    await call(sandbox, 'Refund', refundData(merchant(), orderId, '3.01'))
    expect(order(orderId)?.refunds).toEqual([{ amount: '3.01', state: 'queued' }])
    sandbox.trustly.fund('0.01', 'SEK')
    expect(order(orderId)?.refunds).toEqual([{ amount: '3.01', state: 'executed' }])
  })

  test('“insufficient → … payout failure path”', async () => {
    const { result } = (await pay({ Amount: '500.01' })) ?? {}
    expect(result.data.result).toBe('1')
    expect(await methods()).toEqual(['credit'])
    expect(order(result.data.orderid)?.state).toBe('failed')
    expect(balance()).toBe('500.00')
  })

  test('“insufficient → … 603 for MerchantSettlement”', async () => {
    sandbox.trustly.settle('1.00', 'SEK')
    expect((await ask(sandbox, 'MerchantSettlement', { Amount: '499.01' })).error.code).toBe(603)
    expect((await ask(sandbox, 'MerchantSettlement', { Amount: '499.00', MessageID: 'all' })).result.data).toEqual({
      reference: expect.stringMatching(/^\d{10}$/),
    })
  })

  test('“fees optional”', async () => {
    sandbox.trustly.change({ fee: '1.00' })
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    await call(sandbox, 'Refund', refundData(merchant(), orderId, '3.00'))
    expect(balance()).toBe('598.00')
  })

  test('“ledger & CSV generation with documented headers, amounts formats (`-3.01`, 20-decimals)”', async () => {
    sandbox.trustly.change({ fee: '3.01' })
    const { orderId } = await place({ Amount: '5.00' })
    sandbox.trustly.complete(orderId)
    const asked = { FromDate: '2026-03-10', ToDate: '2026-03-11', Currency: null }
    const { result } = await ask(sandbox, 'AccountLedger', asked, null)
    expect(result.data.slice(1)).toMatchObject([
      { amount: '5.00000000000000000000' },
      { amount: '-3.01', accountname: 'TRANSACTION_FEE_BANK_DEPOSIT' },
    ])
    const report = await ask(sandbox, 'ViewAutomaticSettlementDetailsCSV', { SettlementDate: '2026-03-11' })
    const csv: string = report.result.data.view_automatic_settlement_details
    const published: string = sample('java-response-settlementreport').result.data.view_automatic_settlement_details
    expect(csv.split('\n')[0]).toBe(published.split('\n')[0])
    expect(csv).toContain(',TRANSACTION_FEE_BANK_DEPOSIT,SEK,-3.01,')
    expect(csv).toContain(',"Deposit Fee",')
  })
})

test('10 “Rejection semantics for Charge/MDD with `result:"0"`”', async () => {
  const answer = await ask(sandbox, 'Charge', { AccountID: '1234567890' })
  expect(answer.error).toBeUndefined()
  expect(answer.result.data).toEqual({ result: '0', orderid: null, rejected: 'ERROR_ACCOUNT_NOT_FOUND' })
  expect(isSigned(answer.result, answer.result.signature, sandbox.trustly.publicKey)).toBe(true)
})

describe('11', () => {
  const strikeCall = (kind: ChaosKind) => sandbox.chaos.set({ rules: [{ do: kind, on: 'call', nth: 1 }] })
  const strikeCallback = (kind: ChaosKind) => sandbox.chaos.set({ rules: [{ do: kind, on: 'callback', nth: 1 }] })
  const isGenuine = ({ signature, ...message }: { signature: string; method: string; uuid: string; data: Data }) =>
    isSigned(message, signature, sandbox.trustly.publicKey)
  const struck = async (kind: ChaosKind) => {
    sandbox.chaos.set({ rules: [{ do: kind, on: 'call', ms: 1, nth: 1 }] })
    const uuid = randomUUID()
    const text = await answerOf(callBody(sandbox, 'Deposit', depositData(merchant()), { uuid }))
    return { text, uuid, result: JSON.parse(text).result }
  }

  test.each<ChaosKind>(['drop', 'reset', '500', 'garbage'])(
    '“delayed/no HTTP response **after** creating the order (to test UUID replay), 500”: %s',
    async (kind) => {
      const body = callBody(sandbox, 'Deposit', depositData(merchant()))
      strikeCall(kind)
      const lost = await answerOf(body)
        .then(JSON.parse)
        .catch(() => 'lost')
      expect(lost).toBe('lost')
      const { result } = JSON.parse(await answerOf(body))
      expect(sandbox.trustly.books().orders.map(({ orderId }) => orderId)).toEqual([result.data.orderid])
    },
  )

  test('“delayed … HTTP response”', async () => {
    sandbox.chaos.set({ rules: [{ do: 'delay', on: 'call', ms: 1, nth: 1 }] })
    const answer = await call(sandbox, 'Deposit', depositData(merchant()))
    expect(answer.result.method).toBe('Deposit')
  })

  type Struck = Awaited<ReturnType<typeof struck>>

  test.each<[sentence: string, kind: ChaosKind, genuine: boolean, seen: (struck: Struck) => boolean]>([
    ['bad signature', 'bad-signature', false, ({ result }) => Object.keys(result.data).length === 2],
    ['wrong uuid', 'wrong-uuid', true, ({ result, uuid }) => result.uuid !== uuid],
    ['tampered data', 'tampered-field', false, ({ result, uuid }) => result.uuid === uuid],
    ['shuffled key order', 'shuffled-members', true, ({ text }) => text.startsWith('{"result":')],
    ['`\\u` escapes', 'escapes', true, ({ text }) => /\\u00[0-9a-f]{2}/.test(text)],
    ['numbers instead of strings', 'numbers', true, ({ result }) => typeof result.data.orderid === 'number'],
    ['extra unknown fields', 'unknown-fields', true, ({ result }) => Object.keys(result.data).length > 2],
    ['null members', 'nulls', true, ({ result }) => Object.values(result.data).includes(null)],
    ['alg=RS512', 'rs512', true, ({ result }) => result.signature.startsWith('alg=RS512;')],
  ])('“%s”', async (_, kind, genuine, seen) => {
    const answer = await struck(kind)
    expect(isGenuine(answer.result)).toBe(genuine)
    expect(seen(answer)).toBe(true)
    expect(seen(await struck('delay')) && genuine).toBe(false)
  })

  test('“version 1.1 number”', async () => {
    expect((await struck('numbers')).text).toMatch(/"version":1\.1\b/)
  })

  test('“notification before response”', async () => {
    strikeCall('callback-first')
    await call(sandbox, 'Deposit', depositData(merchant(), { NotificationURL: shop.url }))
    expect(shop.received.map(({ message }) => message.method)).toEqual(['credit'])
  })

  test.each<ChaosKind>(['duplicate', 'concurrent'])('“duplicate and concurrent notifications”: %s', async (kind) => {
    const { orderId } = await place()
    strikeCallback(kind)
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    const ids = (await reported()).map(({ params }) => params.data.notificationid)
    expect(ids.length).toBeGreaterThan(1)
    expect(new Set(ids).size).toBe(1)
  })

  test('“credit before pending”', async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    sandbox.trustly.complete(orderId, { notify: ['pending'] })
    expect(await methods()).toEqual(['credit', 'pending'])
  })

  test('“late debit”', async () => {
    await moveClock()
    const { orderId } = await place()
    strikeCallback('late-debit')
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    await sandbox.trustly.idle()
    await sandbox.clock.move(4 * 24 * 3_600_000)
    expect(await methods()).toEqual(['credit', 'debit'])
  })

  test('“lower-level unknown notification method”', async () => {
    const { orderId } = await place()
    strikeCallback('unknown-method')
    sandbox.trustly.complete(orderId, { notify: ['credit'] })
    const known = ['credit']
    expect((await methods()).filter((method) => !known.includes(method))).toHaveLength(1)
  })
})

describe('12', () => {
  const refundWithoutNull = async () => {
    const { orderId } = await place()
    sandbox.trustly.complete(orderId)
    const uuid = randomUUID()
    const data = refundData(merchant(), orderId, '1.00')
    const { password, username } = merchant()
    const text = `Refund${uuid}Amount1.00CurrencySEKOrderID${orderId}Password${password}Username${username}`
    return call(sandbox, 'Refund', data, { uuid, text })
  }
  const sortedByLocale = async () => {
    const uuid = randomUUID()
    const { username, password } = merchant()
    const data = { Username: username, Password: password, amountNote: '1', Balance: '2' }
    const text = `Balance${uuid}amountNote1Balance2Password${password}Username${username}`
    return call(sandbox, 'Balance', data, { uuid, text })
  }

  test.each([
    ['dropped nulls', refundWithoutNull, 'null members dropped: a null keeps its name'],
    ['locale sort', sortedByLocale, 'member names sorted by locale (localeCompare), not by bytes'],
  ])('“Legacy toggles: accept … %s = ‘lenient mode’ with warnings”', async (_, send, hint) => {
    expect((await send()).error.code).toBe(636)
    sandbox.trustly.change({ lenientSignatures: true })
    expect((await send()).result).toBeDefined()
    expect(sandbox.trustly.requests().at(-1)).toMatchObject({
      outcome: 'answered',
      hint: expect.stringContaining(hint),
    })
  })
})
