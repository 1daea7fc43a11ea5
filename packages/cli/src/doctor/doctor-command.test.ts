import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { runHere } from '../__fixtures__/run-here.ts'
import { startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
let empty = ''
const before = process.cwd()
beforeAll(async () => {
  shop = await startTestShop()
  await shop.running((payments) => payments.listReviews())
  empty = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  process.chdir(empty)
})
afterAll(async () => {
  process.chdir(before)
  rmSync(empty, { recursive: true })
  await shop.close()
})

interface Found {
  readonly check: string
  readonly status: string
  readonly message: string
  readonly fix: string | null
}
const doctor = async (changes: Readonly<Record<string, string>> = {}, ...words: string[]) => {
  const ran = await runHere(['doctor', '--json', ...words], { env: { ...shop.env, ...changes } })
  return { ...ran, findings: JSON.parse(ran.out).findings as readonly Found[] }
}

test('finds nothing wrong, and prints the fingerprint that Trustly must have', async () => {
  const { code, out, err } = await runHere(['doctor', ...shop.store], { env: shop.env })
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^ok {7}configuration {2}2 rails; new payments use trustly$/m)
  expect(out).toMatch(/^ok {7}keys\n {9}trustly: .*\n {9}[0-9a-f]{64}$/m)
  expect(out).toMatch(/^ok {7}store\n(?:.*\n)*.*for development/m)
  expect(out.split('\n').filter((line) => line.length > 80 && !line.includes(shop.folder))).toEqual([])
  expect(out).not.toMatch(/problem|BEGIN/)
  expect(out).not.toContain(shop.env.RAILSWITCH_PAYABL_SECRET)
})

test('every mistake of the configuration, with its fix', async () => {
  const { code, findings } = await doctor({ RAILSWITCH_ACTIVE: 'trusty' })
  expect(code).toBe(1)
  expect(findings).toContainEqual({
    check: 'configuration',
    status: 'problem',
    message: 'RAILSWITCH_ACTIVE is not a configured rail',
    fix: expect.stringContaining('write trustly'),
  })
  const { findings: further } = await doctor({ RAILSWITCH_PAYABL_SECRT: 'x' })
  expect(further.filter(({ check }) => check === 'configuration')).toEqual([
    {
      check: 'configuration',
      status: 'problem',
      message: expect.stringContaining('RAILSWITCH_PAYABL_SECRT'),
      fix: 'write RAILSWITCH_PAYABL_SECRET',
    },
  ])
  expect(further.map(({ check }) => check)).toContain('keys')
})

test('environments that are mixed, and an address that a vendor cannot reach', async () => {
  const { code, findings } = await doctor({
    RAILSWITCH_PAYABL_ENVIRONMENT: 'live',
    RAILSWITCH_PAYABL_URL: 'https://payabl.example/pay/backoffice',
  })
  expect(code).toBe(1)
  expect(findings).toContainEqual(
    expect.objectContaining({
      check: 'environments',
      status: 'problem',
      message: expect.stringContaining('payabl is live'),
    }),
  )
  expect(findings).toContainEqual(
    expect.objectContaining({
      check: 'callbacks',
      status: 'problem',
      message: expect.stringContaining('payabl cannot reach it'),
      fix: expect.stringContaining('RAILSWITCH_CALLBACK_URL'),
    }),
  )
  expect(findings.filter(({ message }) => /CALLBACK_URL|callbacks\.url|127\.0\.0\.1 is/.test(message))).toHaveLength(1)
})

test('a live rail with a store that can lose payments', async () => {
  const { findings } = await doctor({ RAILSWITCH_PAYABL_ENVIRONMENT: 'live' }, ...shop.store)
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'store', status: 'problem', fix: expect.stringContaining('DATABASE_URL') }),
  )
})

test('no store is a warning, and a database that does not respond a problem without its password', async () => {
  expect((await doctor()).findings).toContainEqual(expect.objectContaining({ check: 'store', status: 'warning' }))
  const { code, findings, out } = await doctor({ DATABASE_URL: 'postgres://a:marked@127.0.0.1:1/b' })
  expect(code).toBe(1)
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'store', status: 'problem', message: expect.stringContaining('ECONNREFUSED') }),
  )
  expect(out).not.toContain('marked')
})

describe('--online', () => {
  test('the vendors accept the keys, the clocks agree, and the callbacks are mounted', async () => {
    const { code, findings } = await shop.running(() => doctor({}, '--online'))
    expect(findings.filter(({ status }) => status === 'problem')).toEqual([])
    expect(code).toBe(0)
    for (const rail of ['trustly', 'payabl']) {
      expect(findings).toContainEqual(
        expect.objectContaining({ check: 'vendor', message: `${rail} accepts our signature and our credentials` }),
      )
      expect(findings).toContainEqual(
        expect.objectContaining({
          check: 'callbacks',
          status: 'ok',
          message: expect.stringContaining(`/${rail} responds as railswitch does`),
        }),
      )
    }
  })

  test('a shop that does not run is one problem, and its address is named by its variable', async () => {
    const { findings } = await doctor({ RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:1/callbacks' }, '--online')
    expect(findings.filter(({ check, status }) => check === 'callbacks' && status === 'problem')).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('does not respond'),
        fix: 'start the application, or correct RAILSWITCH_CALLBACK_URL',
      }),
    ])
  })

  test('a key that the vendor does not have, a wrong secret, and callbacks that are not there', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(privateKey.equals(merchantPair.privateKey)).toBe(false)
    const { code, findings } = await doctor(
      {
        RAILSWITCH_TRUSTLY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        RAILSWITCH_PAYABL_SECRET: 'another',
      },
      '--online',
    )
    expect(code).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'vendor',
        status: 'problem',
        message: expect.stringMatching(/^trustly refuses.*636/),
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'vendor',
        status: 'problem',
        message: expect.stringMatching(/^payabl refuses/),
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'callbacks',
        status: 'problem',
        message: expect.stringContaining('responds with HTTP 503'),
      }),
    )
  })

  test.each([
    [502, /a proxy responds that does not reach the application/, /start the application, or correct the address/],
    [301, /which vendors do not follow/, /the address to which it redirects/],
    [403, /asks for a log-in/, /their signatures prove/],
    [404, /responds with HTTP 404; railswitch responds with 400/, /mount payments\.callbacks at this path/],
  ])('callbacks that get HTTP %i', async (status, message, fix) => {
    const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { findings } = await doctor({ RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${port}/callbacks` }, '--online')
    server.close()
    expect(findings).toContainEqual({
      check: 'callbacks',
      status: 'problem',
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    })
  })
})
