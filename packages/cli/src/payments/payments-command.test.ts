import { walkCheckout } from '@railswitch/sandbox'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await startTestShop()
  await shop.running(async (payments) => {
    await walkCheckout((await payments.deposit(orderOf('order-1'))).redirectUrl)
    await shop.sandbox.trustly.idle()
    const { payment } = await payments.getDeposit({ reference: 'order-1' })
    await payments.refund({ payment, reference: 'order-1-refund', amount: { value: '100.00', currency: 'SEK' } })
    await payments.account({
      reference: 'account-1',
      customer: orderOf('account-1').customer,
      returnUrl: 'https://shop.example/',
    })
  })
  await shop.running(async (payments) => payments.deposit(orderOf('order-2')), { RAILSWITCH_ACTIVE: 'payabl' })
})
afterAll(() => shop.close())

const payments = (...words: string[]) => runHere(['payments', ...words, ...shop.store], { env: shop.env })

describe('show', () => {
  test('prints the money, the refunds and every report', async () => {
    const { code, out, err } = await payments('show', 'order-1')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^order-1 {2}deposit {2}credited\n/)
    expect(out).toMatch(/^refundable +149\.90 SEK$/m)
    expect(out).toMatch(/^order-1-refund +100\.00 SEK +accepted$/m)
    expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +pending +249\.90 SEK +signature +not_credited_yet$/m)
    expect(out).toMatch(/ credit +249\.90 SEK +signature +credited$/m)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).not.toMatch(/Öberg|asa@/)
  })

  test('finds a deposit by its refund, and an account', async () => {
    expect((await payments('show', 'order-1-refund')).out).toMatch(/^order-1 {2}deposit/)
    const { out } = await payments('show', 'account-1')
    expect(out).toMatch(/^account-1 {2}account {2}pending\n/)
    expect(out).toMatch(/Nothing was reported yet/)
  })

  test('--json is the view', async () => {
    const { out } = await payments('show', 'order-1', '--json')
    expect(JSON.parse(out)).toMatchObject({
      kind: 'deposit',
      reference: 'order-1',
      rail: 'trustly',
      state: 'credited',
      refundable: { value: '149.90', currency: 'SEK' },
      refunds: [{ reference: 'order-1-refund', state: 'accepted' }],
      history: [{ method: 'pending' }, { method: 'credit' }],
      reviews: [],
    })
  })

  test('an unknown reference exits with 1 and a hint', async () => {
    const { code, out, err } = await payments('show', 'order-9')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^railswitch: The payment order-9 was not found\.\n {2}\w/)
    const json = await payments('show', 'order-9', '--json')
    expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'not_found', hint: expect.any(String) } })
  })
})

describe('list', () => {
  test('the newest first, in 80 columns', async () => {
    const { code, out, err } = await payments('list')
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toMatchObject([
      ['reference', 'kind', 'amount', 'state', 'rail'],
      ['order-2', 'deposit', '249.90 SEK', 'pending', 'payabl'],
      ['account-1', 'account', 'pending', 'trustly', expect.any(String)],
      ['order-1', 'deposit', '249.90 SEK', 'credited', 'trustly'],
      [''],
    ])
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test.each([
    [['--state', 'credited'], ['order-1']],
    [['--rail', 'payabl'], ['order-2']],
    [['--limit', '1'], ['order-2']],
    [['--state', 'reversed'], []],
  ])('%j --json', async (words, references) => {
    const { payments: listed } = JSON.parse((await payments('list', '--json', ...words)).out)
    expect(listed.map(({ reference }: { reference: string }) => reference)).toEqual(references)
  })

  test('says that there is none', async () =>
    expect((await payments('list', '--state', 'reversed')).out).toBe('There are no such payments.\n'))

  test('refuses a state that no payment can have: an empty list would look like the truth', async () =>
    expect(await payments('list', '--state', 'credted')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/Allowed choices are .*not_credited_yet/),
    }))

  test('refuses a limit that is no number', async () =>
    expect(await payments('list', '--limit', '0')).toMatchObject({ code: 2 }))
})

test.each([
  ['no store', [], /There is no store: set DATABASE_URL/],
  ['a folder that does not exist', ['--store-folder', '/no/such'], /The folder \/no\/such does not exist/],
])('%s is wrong usage', async (_, words, says) => {
  expect(await runHere(['payments', 'list', ...words], { env: shop.env })).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(says),
  })
})

test('a PostgreSQL that cannot be reached is an error with its cause, and without the password', async () => {
  const env = { ...shop.env, DATABASE_URL: 'postgres://shop:marked@127.0.0.1:1/shop' }
  const { code, err } = await runHere(['payments', 'list'], { env })
  expect(code).toBe(1)
  expect(err).toMatch(/ECONNREFUSED/)
  expect(err).not.toContain('marked')
})

test('a store that the application uses is an error that names its process', async () => {
  await shop.running(async (application) => {
    await application.listReviews()
    const command = startCommand(['payments', 'list', ...shop.store], undefined, undefined, { env: shop.env })
    expect(await command.exit()).toBe(1)
    expect(command.err()).toMatch(new RegExp(`in use by process ${process.pid}`))
  })
})
