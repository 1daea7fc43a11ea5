import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
let folder = ''
const before = process.cwd()
beforeAll(async () => {
  shop = await startTestShop()
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  process.chdir(folder)
})
afterAll(async () => {
  process.chdir(before)
  await shop.close()
  rmSync(folder, { recursive: true })
})

interface Delivery {
  readonly vendor: string
  readonly what: string
  readonly url: string
  readonly contentType: string
  readonly body: string
  readonly payment?: { readonly reference: string }
}

/** The callbacks that the sandbox made for a reference, the oldest first. */
const callbacksOf = async (reference: string): Promise<readonly Delivery[]> => {
  const { url, token } = shop.sandbox.control
  const response = await fetch(`${url}/callbacks`, { headers: { authorization: `Bearer ${token}` } })
  const { callbacks } = (await response.json()) as { readonly callbacks: readonly Delivery[] }
  return callbacks.filter(({ payment }) => payment?.reference === reference)
}

const save = (name: string, { url, contentType, body }: Delivery, changes: object = {}): string => {
  const path = new URL(url).pathname
  const saved = {
    receivedAt: '2026-01-31T12:00:00.000Z',
    method: 'POST',
    path,
    headers: { 'content-type': contentType },
  }
  writeFileSync(name, JSON.stringify({ ...saved, body, ...changes }))
  return name
}

/** Begins a deposit, credits it while the application refuses callbacks, and saves the callback of the credit. */
const creditFile = async (reference: string, rail: string, changes?: object): Promise<string> => {
  await shop.running(
    async (payments) => {
      await payments.deposit(orderOf(reference))
    },
    { RAILSWITCH_ACTIVE: rail },
  )
  await trigger('credit', reference)
  const credit = (await callbacksOf(reference)).find(({ what }) => /credit/.test(what))
  if (!credit) throw new Error('no callback')
  return save(`${reference}.json`, credit, changes)
}

const trigger = (event: string, reference: string) =>
  runHere(['trigger', event, reference], {
    env: { SANDBOX_URL: shop.sandbox.control.url, SANDBOX_TOKEN: shop.sandbox.control.token },
  })

const explain = (...words: string[]) => runHere(['callback', 'explain', ...words], { env: shop.env })
const explained = async (file: string, ...words: string[]) => {
  const { code, out, err } = await explain(file, '--json', ...words)
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) }
}

describe.each(['trustly', 'payabl'])('%s', (rail) => {
  const reference = `order-${rail}`
  let file = ''
  beforeAll(async () => {
    file = await creditFile(reference, rail)
  })
  // The response to a deposit has the order id of Trustly, and no transaction id of payabl.
  const because =
    rail === 'trustly'
      ? 'its vendor id belongs to this payment'
      : 'its token is that of this payment, whose vendor id is not known yet'

  test('a credit that has not been received: the payment, why, and what it would give', async () => {
    const first = await explained(file, ...shop.store)
    expect(first).toMatchObject({
      code: 0,
      file,
      receivedAt: '2026-01-31T12:00:00.000Z',
      rail,
      provider: rail === 'trustly' ? 'trustly-direct' : 'payabl-trustly',
      meaning: expect.stringMatching(/the money of a deposit is secured/),
      signature: {
        verified: true,
        key: expect.stringMatching(rail === 'trustly' ? /^the key [0-9a-f]{16}/ : /secret/),
      },
      reference,
      money: { value: '249.90', currency: 'SEK' },
      token: { state: 'genuine', kind: 'deposit', reference, attempt: 1 },
      payment: { applied: true, reference, because },
      effect: {
        recorded: false,
        before: 'pending',
        after: 'credited',
        events: ['deposit.credited'],
        handled: [],
        reviews: [],
        response: expect.stringMatching(/after the handler/),
      },
      notKnown: [],
    })
    // Nothing was written: the same again, and the payment is what it was.
    expect(await explained(file, ...shop.store)).toEqual(first)
    expect((await runHere(['payments', 'show', reference, ...shop.store], { env: shop.env })).out).toMatch(/pending/)
  })

  test('without a store, it says what is not known', async () => {
    expect(await explained(file)).toMatchObject({
      code: 0,
      reference,
      payment: null,
      effect: null,
      notKnown: [expect.stringMatching(/Without a store.*--store-folder/)],
    })
  })

  test('the body alone: the rail that verifies it, and no token', async () => {
    const { body } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync('body.txt', `${body}\n`)
    expect(await explained('body.txt', ...shop.store)).toMatchObject({
      code: 0,
      rail,
      receivedAt: null,
      token: { state: 'not_known' },
      payment: { applied: rail === 'trustly', reference },
      notKnown: [expect.stringMatching(/only the body.*genuine token/)],
    })
  })

  test('a changed body does not verify, is said to change nothing, and exits with 1', async () => {
    const { body } = JSON.parse(readFileSync(file, 'utf8'))
    const changed = rail === 'trustly' ? body.replace('249.90', '949.90') : body.replace(/errorcode=0/, 'errorcode=-1')
    expect(changed).not.toBe(body)
    const forged = 'forged.json'
    writeFileSync(forged, readFileSync(file, 'utf8').replace(JSON.stringify(body), JSON.stringify(changed)))
    expect(await explained(forged, ...shop.store)).toMatchObject({
      code: 1,
      signature: { verified: false, key: null, reason: expect.any(String), mistakes: [expect.any(String)] },
      vendorId: null,
      money: null,
      payment: null,
      effect: null,
    })
    expect(await explain(forged)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/signature {2}The notification/),
    })
  })

  test('as text, without personal data and without the token', async () => {
    const { code, out, err } = await explain(file, ...shop.store)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^callback {3}\S+ (?:credit|capture)\nrail +/)
    expect(out).toMatch(/member +value +signed\n/)
    expect(out).toMatch(new RegExp(`payment {3}${reference}\nbecause {3}${because}\n`))
    expect(out).toMatch(/state {5}pending, then credited\nevents {4}deposit\.credited\n/)
    expect(out).not.toMatch(/eyJ|Öberg|c-77/)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('after it was handled: the same report is stored, and nothing would happen', async () => {
    await shop.running(async () => {
      await runHere(['replay', file, '--to', shop.env.RAILSWITCH_CALLBACK_URL])
    })
    expect(await explained(file, ...shop.store)).toMatchObject({
      effect: {
        recorded: true,
        before: 'credited',
        after: 'credited',
        events: [],
        handled: ['deposit.credited'],
        response: expect.stringMatching(/again: its event was handled/),
      },
    })
    expect((await explain(file, ...shop.store)).out).toMatch(/^events {4}deposit\.credited \(handled already\)$/m)
  })
})

describe('whose it is', () => {
  test("a callback of another merchant's copy of an order is applied to nothing", async () => {
    const reference = 'copied'
    await shop.running(async (payments) => {
      await payments.deposit(orderOf(reference))
    })
    const known = new Set((await callbacksOf(reference)).map(({ body }) => body))
    await trigger('stranger', reference)
    const foreign = (await callbacksOf(reference)).find(({ body, what }) => what === 'credit' && !known.has(body))
    if (!foreign) throw new Error('no callback')
    const file = save('foreign.json', foreign)
    expect(await explained(file, ...shop.store)).toMatchObject({
      code: 0,
      reference,
      payment: {
        applied: false,
        reference: null,
        because: expect.stringMatching(/another vendor id: it was delivered at the wrong address/),
      },
      effect: null,
    })
    expect((await explain(file, ...shop.store)).out).toMatch(/payment {2}none: it is stored for a review/)
  })

  test('a genuine token of a payment that the store lacks: data was lost', async () => {
    const file = await creditFile('lost', 'trustly')
    const other = await startTestShop('other')
    try {
      await other.running(async () => {})
      expect(await explained(file, ...other.store)).toMatchObject({
        payment: { applied: false, because: expect.stringMatching(/store has no payment lost: data was lost/) },
      })
    } finally {
      await other.close()
    }
  })

  test('a token that is signed with another secret', async () => {
    const file = await creditFile('other-secret', 'payabl')
    const env = { ...shop.env, RAILSWITCH_CALLBACK_SECRETS: 'another-secret-that-only-this-test-uses' }
    const { out } = await runHere(['callback', 'explain', file, '--json', ...shop.store], { env })
    expect(JSON.parse(out)).toMatchObject({
      token: { state: 'not_ours' },
      payment: { applied: false, reference: 'other-secret', because: expect.stringMatching(/proves nothing/) },
      effect: { before: 'pending', after: 'pending', events: [] },
    })
  })
})

describe('without a configuration', () => {
  const published = JSON.parse(
    readFileSync(new URL('../__fixtures__/trustly/python-real-notification1.json', import.meta.url), 'utf8'),
  ).raw

  test("a message of Trustly's test environment verifies with the published key", async () => {
    writeFileSync('published.json', published)
    const { code, out } = await runHere(['callback', 'explain', 'published.json', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      rail: null,
      provider: 'trustly-direct',
      method: 'credit',
      signature: { verified: true, key: "Trustly's key of test" },
      members: expect.arrayContaining([
        { name: 'amount', value: '20.00', signed: true },
        { name: 'enduserid', value: null, signed: true },
      ]),
      notKnown: [expect.stringMatching(/--config or --env-file/)],
    })
    expect(out).not.toContain('leecS')
  })

  test('nothing can be said about a secret of payabl, and personal data is masked', async () => {
    writeFileSync(
      'form.txt',
      'transactionid=1&type=capture&errorcode=0&timestamp=1795166520&payment_state=credited&account_holder=Marked&security=00',
    )
    const { code, out } = await runHere(['callback', 'explain', 'form.txt'])
    expect(code).toBe(1)
    expect(out).toMatch(/account_holder +\(masked\) +no/)
    expect(out).toMatch(/type +capture +yes/)
    expect(out).not.toMatch(/Marked/)
  })
})

test.each([
  ['a missing file', ['none.json'], 2, /none\.json/],
  ['no file', [], 2, /file/],
  ['an unknown rail', ['x.json', '--rail', 'other'], 2, /other is no configured rail: choose one of trustly, payabl/],
  ['a path of no rail', ['elsewhere.json'], 2, /names no configured rail: choose one with --rail: trustly, payabl/],
  ['a wrong saved file', ['wrong.json'], 2, /headers must be/],
  ['a missing store', ['x.json', '--store-folder', 'none'], 2, /none does not exist/],
])('%s', async (_, words, code, says) => {
  const saved = { receivedAt: null, method: 'POST', headers: {}, body: 'x' }
  writeFileSync('x.json', '{}')
  if (words.includes('--store-folder')) save('x.json', await anyCallback())
  writeFileSync('elsewhere.json', JSON.stringify({ ...saved, path: '/callbacks/other/marked-token' }))
  writeFileSync('wrong.json', JSON.stringify({ ...saved, path: '/x', headers: null }))
  const ran = await explain(...words)
  expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
  expect(ran.err).not.toContain('marked-token')
})

const anyCallback = async (): Promise<Delivery> => {
  const [first] = await callbacksOf('order-trustly')
  if (!first) throw new Error('no callback')
  return first
}

const inTerminal = hasScript ? test : test.skip
inTerminal('in a terminal, it is coloured and fits (needs Debian’s script)', async () => {
  const { shown, code } = await runInTerminal(['callback', 'explain', 'order-trustly.json'], {
    env: shop.env,
    cwd: folder,
  })
  expect(code).toBe(0)
  expect(shown).toContain('\u001b[32mverifies')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
  expect(shown.split('\r\n').filter((line) => line.replace(/\u001b\[\d+m/g, '').length > 80)).toEqual([])
})
