import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { walkCheckout } from '@railswitch/sandbox'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'
import { ofCallback } from '../logs/log-entries.ts'

let shop: TestShop
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  shop = await startTestShop()
  env = { ...shop.env, SANDBOX_URL: shop.sandbox.control.url, SANDBOX_TOKEN: shop.sandbox.control.token }
})
afterAll(() => shop.close())

const run = (...words: string[]) => runHere(words, { env })
const trigger = async (...words: string[]) => JSON.parse((await run('trigger', ...words, '--json')).out)

describe('trigger', () => {
  test('a deposit is pending, credited, reversed in part; each callback with its result', async () => {
    await shop.running(async (payments, handled) => {
      await payments.deposit(orderOf('order-1'))
      expect(await run('trigger', 'pending', 'order-1')).toEqual({
        code: 0,
        out: 'order-1 at trustly: pending\n  callback pending  accepted\n',
        err: '',
      })
      expect(await trigger('credit', 'order-1')).toMatchObject({
        event: 'credit',
        vendor: 'trustly',
        reference: 'order-1',
        state: 'credited',
        callbacks: [{ method: 'credit', state: 'accepted', result: 'accepted' }],
      })
      expect(await trigger('reverse', 'order-1', '--amount', '50.00')).toMatchObject({
        callbacks: [{ method: 'debit' }],
      })
      expect(handled).toEqual(['deposit.credited order-1', 'deposit.reversed order-1'])
    })
  })

  test('at payabl: the same events', async () => {
    await shop.running(
      async (payments) => {
        await payments.deposit(orderOf('order-2'))
        expect(await trigger('pending', 'order-2')).toMatchObject({ vendor: 'payabl', state: 'not_credited_yet' })
        expect(await trigger('credit', 'order-2')).toMatchObject({ state: 'credited' })
        expect(await trigger('reverse', 'order-2')).toMatchObject({ callbacks: [{ state: 'accepted' }] })
        await payments.deposit(orderOf('order-3'))
        expect(await trigger('cancel', 'order-3')).toMatchObject({ state: 'aborted' })
        await payments.deposit(orderOf('order-4'))
        expect(await trigger('fail', 'order-4')).toMatchObject({ state: 'not_credited' })
      },
      { RAILSWITCH_ACTIVE: 'payabl' },
    )
  })

  test('a refund that comes back, and a stranger whose order the shop does not ship', async () => {
    await shop.running(async (payments, handled) => {
      await payments.deposit(orderOf('order-5'))
      await trigger('credit', 'order-5')
      const { payment } = await payments.getDeposit({ reference: 'order-5' })
      await payments.refund({ payment, reference: 'refund-5', amount: { value: '5.00', currency: 'SEK' } })
      expect(await trigger('return-refund', 'order-5')).toMatchObject({ callbacks: [{ state: 'accepted' }] })
      await payments.deposit(orderOf('order-6'))
      expect((await trigger('stranger', 'order-6')).callbacks).toContainEqual(
        expect.objectContaining({ method: 'credit', state: 'not accepted' }),
      )
      expect(handled).toEqual(['deposit.credited order-5'])
    })
  })

  test('holds callbacks, and releases them', async () => {
    await shop.running(async (payments) => {
      await payments.deposit(orderOf('order-7'))
      await trigger('hold', 'order-7')
      expect(await trigger('credit', 'order-7')).toMatchObject({ callbacks: [{ state: 'held' }] })
      await trigger('release', 'order-7')
      await shop.sandbox.trustly.idle({ withinMs: 10_000 }).catch(() => {})
      expect((await payments.getDeposit({ reference: 'order-7' })).state).toBe('credited')
    })
  })

  test('a shop that is down: the callback is not accepted, and why', async () => {
    await shop.running((payments) => payments.deposit(orderOf('order-8')))
    const { code, out } = await run('trigger', 'credit', 'order-8')
    expect(code).toBe(0)
    expect(out).toMatch(/callback credit {2}not accepted: .*503/)
  })

  test.each([
    [
      'an event that the state does not allow',
      ['confirm-payout', 'order-1'],
      1,
      /order-1 is reversed|order-1 is credited/,
    ],
    ['an unknown payment', ['credit', 'none'], 1, /has no payment none/],
    ['an unknown event', ['credits', 'order-1'], 2, /credit/],
    ['no reference', ['credit'], 2, /reference/],
  ])('%s', async (_, words, code, says) =>
    expect(await run('trigger', ...words)).toMatchObject({ code, out: '', err: expect.stringMatching(says) }),
  )
})

describe('logs', () => {
  test('show calls and callbacks with their reason, in 80 columns', async () => {
    const { code, out } = await run('logs', '--limit', '200')
    expect(code).toBe(0)
    expect(out).toMatch(/^\d\d:\d\d:\d\d trustly {2}call {5}Deposit {14}answered/m)
    expect(out).toMatch(/^\d\d:\d\d:\d\d payabl {3}callback capture .* accepted /m)
    const { out: json } = await run('logs', '--limit', '200', '--json')
    for (const { type, id } of json
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)))
      if (type === 'callback') expect(out.split(/\s+/)).toContain(id)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('--failed --json', async () => {
    const { out } = await run('logs', '--failed', '--json')
    const entries = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(entries).toContainEqual({
      at: expect.any(String),
      type: 'callback',
      vendor: 'trustly',
      id: expect.any(String),
      method: 'credit',
      ok: false,
      result: expect.stringContaining('503'),
      reference: 'order-8',
      hint: null,
    })
    for (const { ok } of entries) expect(ok).toBe(false)
  })

  test('--follow prints what happens until it is stopped', async () => {
    const command = startCommand(['logs', '--follow', '--limit', '1'], undefined, undefined, { env })
    await command.firstLine()
    await shop.running(async (payments) => walkCheckout((await payments.deposit(orderOf('followed'))).redirectUrl))
    await command.saw(/callback credit .*followed/)
    expect(await command.end('SIGINT')).toBe(0)
  })
})

describe('a callback that was not accepted says what to check', () => {
  const attempted = (outcome: string) =>
    ofCallback({
      vendor: 'trustly',
      id: 'cb-1',
      at: '2026-11-30T10:00:00.000Z',
      what: 'credit',
      state: 'not accepted',
      attempts: [{ at: '2026-11-30T10:00:00.000Z', outcome }],
      url: 'http://127.0.0.1:3000/callback/trustly/a-token',
      contentType: 'application/json',
      body: '{}',
    })[0]?.hint

  test.each([
    [
      'no answer: connect ECONNREFUSED 127.0.0.1:3000',
      'Nothing responds at http://127.0.0.1:3000: start the application there.',
    ],
    ['not sent: the address is not on loopback', 'Its address is http://127.0.0.1:3000: allow it with --allow-remote.'],
    ['HTTP status 404', "Its path is /callback/trustly/…: check the application's route."],
    ['HTTP status 503', null],
    ['accepted', null],
  ])('%s', (outcome, hint) => {
    expect(attempted(outcome)).toBe(hint)
    expect((hint ?? '').length).toBeLessThanOrEqual(71)
  })
})

test('a callback for no address says so, and the log goes on', () => {
  const [entry] = ofCallback({
    vendor: 'payabl',
    id: 'cb-2',
    at: '2026-11-30T10:00:00.000Z',
    what: 'capture',
    state: 'not accepted',
    attempts: [{ at: '2026-11-30T10:00:00.000Z', outcome: 'not sent: the address is not on loopback' }],
    url: 'not an address',
    contentType: '',
    body: '',
  })
  expect(entry?.hint).toContain('callbacks.url')
})

describe('finds the sandbox', () => {
  let runtime: string
  beforeEach(() => {
    runtime = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  })
  afterEach(() => rmSync(runtime, { recursive: true }))

  const start = async () => {
    const command = startCommand(['sandbox'], undefined, undefined, { env: { XDG_RUNTIME_DIR: runtime } })
    await command.saw(/Press Ctrl/)
    const [, origin = ''] = /(http:\/\/[\d.:]+)\/back-office/.exec(command.out()) ?? []
    return { command, origin }
  }
  const logs = (...words: string[]) => runHere(['logs', ...words], { env: { XDG_RUNTIME_DIR: runtime } })

  test('that runs; of several the one that --sandbox names', async () => {
    expect(await logs()).toMatchObject({ code: 2, err: expect.stringMatching(/No sandbox runs/) })
    const one = await start()
    expect(await logs()).toMatchObject({ code: 0, out: 'Nothing has happened yet.\n' })
    const other = await start()
    expect(await logs()).toMatchObject({ code: 2, err: expect.stringContaining(`--sandbox: `) })
    expect(await logs('--sandbox', `${other.origin}/`)).toMatchObject({ code: 0 })
    expect(await logs('--sandbox', 'http://127.0.0.1:1')).toMatchObject({
      code: 2,
      err: expect.stringContaining(one.origin),
    })
    await Promise.all([one.command.end('SIGTERM'), other.command.end('SIGTERM')])
    expect(await logs()).toMatchObject({ code: 2 })
    expect(readdirSync(join(runtime, readdirSync(runtime)[0] ?? ''))).toEqual([])
  })

  test('a sandbox that does not respond, and a wrong token', async () => {
    const gone = { SANDBOX_URL: 'http://127.0.0.1:1/control', SANDBOX_TOKEN: 't' }
    expect(await runHere(['logs'], { env: gone })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/does not respond/),
    })
    const wrong = { ...env, SANDBOX_TOKEN: 'marked' }
    const { code, err } = await runHere(['logs'], { env: wrong })
    expect([code, err.includes('marked')]).toEqual([1, false])
  })
})

test('the sandbox prints each call and delivery, unless it is --quiet', async () => {
  const runtime = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  const start = (...words: string[]) =>
    startCommand(['sandbox', ...words], undefined, undefined, { env: { XDG_RUNTIME_DIR: runtime } })
  const [loud, quiet] = [start(), start('--quiet')]
  for (const command of [loud, quiet]) {
    await command.saw(/Press Ctrl/)
    const [, url = ''] = /Trustly +(\S+)/.exec(command.out()) ?? []
    await fetch(url, { method: 'POST', body: '{}' })
  }
  await loud.saw(/^\d\d:\d\d:\d\d trustly +call /m)
  expect(quiet.out()).not.toMatch(/trustly +call/)
  await Promise.all([loud.end('SIGINT'), quiet.end('SIGINT')])
  rmSync(runtime, { recursive: true })
})
