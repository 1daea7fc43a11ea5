import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { walkCheckout } from '@railswitch/sandbox'
import { runHere } from '../__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await startTestShop()
})
afterAll(() => shop.close())

const run = (...words: string[]) => runHere([...words, ...shop.store], { env: shop.env })
const file = (name: string, content: unknown): string => {
  const path = join(shop.folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('migrate makes the tables, and --sql prints them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  const words = ['migrate', '--store-folder', folder]
  expect(await runHere(words)).toEqual({
    code: 0,
    out: `The tables of ${folder} are those of this version.\n`,
    err: '',
  })
  expect(JSON.parse((await runHere([...words, '--json'])).out)).toEqual({ store: folder, migrated: true })
  expect((await runHere(['migrate', '--sql', '--store-schema', 'pay'])).out).toMatch(
    /^begin;\ncreate schema if not exists "pay"/,
  )
  expect(await runHere([...words, '--store-schema', 'No Name'])).toMatchObject({ code: 2 })
  expect(await runHere(['migrate'])).toMatchObject({ code: 2, err: expect.stringMatching(/no store/) })
  rmSync(folder, { recursive: true })
})

describe('sync', () => {
  let imports = 0
  /** A module of a new name each time, because modules are imported once. */
  const application = () => {
    imports += 1
    return file(`app-${imports}.mjs`, 'export const { payments, store } = globalThis.testApp')
  }
  /** Runs the command while the application's clock is ahead: sync leaves payments alone that have just changed. */
  const syncOf = (conditions: { readonly refuse?: boolean }, ...words: string[]) =>
    shop.running(
      async (_, handled, app) => {
        Object.assign(globalThis, { testApp: app })
        return { ...(await runHere(['sync', '--app', application(), ...words])), handled }
      },
      {},
      { ...conditions, aheadMs: 600_000 },
    )

  test('handles the events that wait, and exits with 1 while a handler fails', async () => {
    await shop.running(
      async (payments) => {
        await walkCheckout((await payments.deposit(orderOf('order-sync'))).redirectUrl)
        await shop.sandbox.trustly.attempted()
      },
      {},
      { refuse: true },
    )
    const failed = await syncOf({ refuse: true }, '--json')
    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.out)).toMatchObject({ handled: 0, failed: 1, manualReview: [] })
    shop.sandbox.trustly.release()
    const later = await syncOf({}, '--limit', '5')
    expect(later.out).toMatch(/^\d+ payments? checked, 0 outcomes resolved, events of \d payments? handled\.\n$/)
  })

  test('needs the application', async () =>
    expect(await runHere(['sync'])).toMatchObject({ code: 2, err: expect.stringMatching(/--app/) }))

  test.each([
    ['a module that does not exist', '/no/such.mjs', [], /cannot be imported/],
    ['a module without payments', 'export const shop = 1', [], /must export `payments`/],
    ['a limit that is no number', 'export const payments = { getDeposit() {} }', ['--limit', '0'], /--limit/],
  ])('%s is wrong usage', async (name, content, words, says) => {
    const path = content.startsWith('/') ? content : file(`${name.replaceAll(' ', '-')}.mjs`, content)
    expect(await runHere(['sync', '--app', path, ...words])).toMatchObject({
      code: 2,
      err: expect.stringMatching(says),
    })
  })
})

describe('import', () => {
  const imported = (reference: string, vendorId: string) => ({
    deposit: {
      rail: 'trustly',
      reference,
      amount: { value: '10.00', currency: 'SEK' },
      vendorIds: [vendorId],
      state: 'credited',
    },
  })

  test('imports each payment, and tells those that were not', async () => {
    const path = file('imports.json', [
      imported('old-1', '111'),
      { deposit: { ...imported('old-2', '222').deposit, state: 'paid' } },
      imported('old-3', '333'),
    ])
    const { code, out } = await run('import', path, '--by', 'Ada', '--why', 'older', '--json')
    expect(code).toBe(1)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { reference: 'old-1', payment: expect.any(String), confirmed: false },
      { reference: 'old-2', error: { code: 'invalid_input', message: expect.stringContaining('deposit.state') } },
      { reference: 'old-3', payment: expect.any(String), confirmed: false },
    ])
    const again = await run('import', file('one.json', imported('old-1', '111')), '--by', 'Ada', '--why', 'older')
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^old-1: imported as .*, not confirmed/) })
    expect((await run('payments', 'show', 'old-1')).out).toMatch(/credited +10\.00 SEK/)
  })

  test.each([
    ['a missing file', () => '/no/such.json', /ENOENT/],
    ['another content', () => file('number.json', 7), /must contain an import/],
    ['no JSON', () => file('text.json', 'marked'), /is not JSON/],
  ])('%s is wrong usage', async (_, path, says) =>
    expect(await run('import', path())).toMatchObject({ code: 2, err: expect.stringMatching(says) }),
  )
})

describe('reviews', () => {
  test('an unknown reason is refused: an empty list would look as if nothing needed a decision', async () =>
    expect(await run('reviews', 'list', '--reason', 'amount-differs')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/Allowed choices are .*amount_differs/),
    }))

  test('are listed and resolved', async () => {
    await shop.running(async (payments) => {
      const { redirectUrl } = await payments.deposit(orderOf('order-less'))
      await walkCheckout(redirectUrl, { outcome: 'other-amount', amount: '200.00' })
      await shop.sandbox.trustly.idle()
    })
    const { reviews } = JSON.parse((await run('reviews', 'list', '--json', '--reason', 'amount_differs')).out)
    expect(reviews).toMatchObject([{ reason: 'amount_differs', reference: 'order-less', rail: 'trustly' }])
    expect(await run('reviews', 'list', '--reason', 'overpaid')).toMatchObject({
      code: 0,
      out: 'No open review has the reason overpaid.\n',
    })
    const listed = await run('reviews', 'list')
    expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/^amount_differs {2}order-less {2}trustly/m) })
    expect(listed.out).toContain(reviews[0].id)
    expect((await run('payments', 'show', 'order-less')).out).toMatch(/^amount_differs/m)
    const words = ['reviews', 'resolve', reviews[0].id, '--by', 'Ada', '--why', 'refunded by hand']
    expect(await run(...words)).toMatchObject({ code: 0, out: 'The review is closed.\n' })
    expect(await run('reviews', 'list')).toMatchObject({ code: 0, out: 'Nothing needs a decision.\n' })
    expect(await run(...words, '--json')).toMatchObject({ code: 1, out: '' })
  })

  test.each([
    ['an unknown id', ['--by', 'Ada', '--why', 'x'], 1, /No open review/],
    ['no name', ['--why', 'x'], 2, /--by/],
    ['another outcome', ['--by', 'Ada', '--why', 'x', '--as', 'paid'], 2, /credited, confirmed, failed/],
  ])('resolve with %s', async (_, words, code, says) =>
    expect(await run('reviews', 'resolve', 'no-such-review', ...words)).toMatchObject({
      code,
      out: '',
      err: expect.stringMatching(says),
    }),
  )
})

describe('reconcile', () => {
  test('compares the books of both vendors, and says what payabl does not report', async () => {
    const { out } = await run('reconcile')
    expect(out).toMatch(/^payabl +\d+ +\d+ +\d+ +0$/m)
    expect(out).toMatch(/^trustly: \d+ lines?, /m)
    expect(out).toMatch(/^payabl does not report:\n {2}fee: payabl has no report of it$/m)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(JSON.parse((await run('reconcile', '--json', '--rail', 'payabl')).out)).toMatchObject({
      rails: [{ rail: 'payabl', failed: 0 }],
    })
  })

  test('lists each difference, as CSV too, and then ends with 1', async () => {
    const { code, out } = await run('reconcile', '--rail', 'trustly', '--csv')
    const [header, ...rows] = out.trimEnd().split('\r\n')
    expect(header).toBe('day,rail,kind,about,amount,currency,reference,payment,vendorId,remedy,detail,id')
    expect(code).toBe(rows.length === 0 ? 0 : 1)
  })

  test.each([
    [['--from', 'yesterday'], 2],
    [['--csv', '--json'], 2],
    [['--rail', 'none'], 1],
  ])('refuses %j', async (words, code) => expect(await run('reconcile', ...words)).toMatchObject({ code, out: '' }))
})

describe('erase', () => {
  test('asks for --yes if nobody can answer, and refuses an open payment', async () => {
    await shop.running((payments) => payments.deposit(orderOf('open')))
    expect(await run('erase', 'open')).toMatchObject({ code: 2, err: expect.stringMatching(/--yes/) })
    expect(await run('erase', 'open', '--yes')).toMatchObject({ code: 1, err: expect.stringMatching(/still open/) })
    expect(await run('erase', 'none', '--yes')).toMatchObject({ code: 1, err: expect.stringMatching(/not found/) })
  })

  test('asks, and erases only if the answer is yes', async () => {
    await run(
      'import',
      file('erase.json', {
        deposit: {
          rail: 'trustly',
          reference: 'to-erase',
          amount: { value: '1.00', currency: 'SEK' },
          vendorIds: ['9'],
          state: 'credited',
        },
      }),
      '--by',
      'Ada',
      '--why',
      'x',
    )
    const answer = (yes: boolean) => ({
      env: shop.env,
      prompts: { text: async () => null, choose: async () => null, confirm: async () => yes },
    })
    const words = ['erase', 'to-erase', ...shop.store]
    expect(await runHere(words, answer(false))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Nothing was erased/),
    })
    const { code, out } = await runHere(words, answer(true))
    // An import that the vendor does not show is in review.
    expect([code, out]).toEqual([0, 'The personal data of to-erase is erased.\n'])
    expect(JSON.parse((await run('erase', 'to-erase', '--yes', '--json')).out)).toEqual({ erased: 'to-erase' })
  })
})

test('sweep', async () => {
  expect(await run('sweep')).toMatchObject({
    code: 0,
    out: '0 payments deleted, to which nothing had happened for 400 days.\n',
  })
  expect(JSON.parse((await run('sweep', '--json', '--days', '9')).out)).toEqual({ deleted: 0 })
  expect(await run('sweep', '--days', '0')).toMatchObject({ code: 2 })
})
