import { sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere as runAny } from '../__fixtures__/run-here.ts'

interface Vector {
  readonly name: string
  readonly method: string
  readonly uuid: string
  readonly data: string
  readonly expected_serialised?: string
  readonly expected_plaintext?: string
}

const fixture = (name: string): string => fileURLToPath(new URL(`../__fixtures__/trustly/${name}`, import.meta.url))
const vectors: { readonly published: readonly Vector[] } = JSON.parse(readFileSync(fixture('vectors.json'), 'utf8'))
const raw = (name: string): string => JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')).raw

const run = async (words: readonly string[], input: string | Uint8Array) => {
  const command = startCommand(['trustly', ...words], undefined, input)
  return { code: await command.exit(), out: command.out(), err: command.err() }
}

const runHere = (words: readonly string[], input: string | Uint8Array) => runAny(['trustly', ...words], { input })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('plaintext', () => {
  const serialised = vectors.published.filter(({ expected_serialised }) => expected_serialised !== undefined)
  const plaintexts = vectors.published.filter(({ expected_plaintext }) => expected_plaintext !== undefined)

  test.each(serialised.slice(0, 4))('prints the published text of the data only: $name', async (vector) =>
    expect(await run(['plaintext'], vector.data)).toEqual({ code: 0, out: vector.expected_serialised, err: '' }),
  )

  test.each(plaintexts.slice(0, 4))('prints the published text: $name', async ({ method, uuid, data, ...vector }) =>
    expect(await run(['plaintext', '--method', method, '--uuid', uuid], data)).toEqual({
      code: 0,
      out: vector.expected_plaintext,
      err: '',
    }),
  )

  test.each([
    ['a method without a uuid', ['--method', 'Deposit'], '{}', 2, /must be used together/],
    ['a uuid without a method', ['--uuid', 'x'], '{}', 2, /must be used together/],
    ['a body that is not JSON', [], '{"a":marked}', 1, /not strict JSON: not json at character 6/],
    ['a duplicate member', [], '{"a":1,"a":2}', 1, /duplicate member/],
    ['an empty input', [], '', 1, /not strict JSON/],
    ['Latin-1', [], Buffer.from('{"a":"å"}', 'latin1'), 1, /not UTF-8/],
  ])('refuses %s', async (_, words, input, code, says) => {
    const ran = await runHere(['plaintext', ...words], input)
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('marked')
  })
})

describe('verify', () => {
  test.each([
    ['python-real-notification1', 'trustly_test_public', 'a notification (credit)'],
    ['python-real-Deposit-539', 'trustly_test_public', 'a result (Deposit)'],
    ['python-real-Deposit-452', 'trustly_test_public', 'an error (Deposit)'],
    ['python-request-Deposit-549', 'python_test_public1', 'a request (Deposit)'],
    ['net-packet-credit_ok', 'signaturetester_merchant_public', 'a reply (credit)'],
  ])('verifies %s with its published key', async (name, key, what) =>
    expect(await run(['verify', '--key', fixture(`${key}.pem`)], raw(name))).toEqual({
      code: 0,
      out: `Verified: ${what}, signed with SHA-1.\n`,
      err: '',
    }),
  )

  test("accepts names for Trustly's own keys, and tries each of several keys", async () => {
    const message = raw('python-real-notification1')
    expect(await run(['verify', '--key', 'trustly:test'], message)).toMatchObject({ code: 0 })
    expect(await run(['verify', '--key', 'trustly:live'], message)).toMatchObject({ code: 1, out: '' })
    expect(await run(['verify', '--key', 'trustly:live', '--key', 'trustly:test'], message)).toMatchObject({ code: 0 })
  })

  test('does not verify a changed message, and prints the mistake only with --explain', async () => {
    const changed = raw('python-real-notification1').replace('"20.00"', '"20.01"')
    expect(await run(['verify', '--key', 'trustly:test'], changed)).toEqual({
      code: 1,
      out: '',
      err: 'railswitch: Not verified: a notification (credit). Add --explain to find the mistake.\n',
    })
    const { code, out, err } = await run(['verify', '--key', 'trustly:test', '--explain'], changed)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/other_text: the key is right, but another text was signed/)
  })

  test('--explain detects the key of the other environment', async () => {
    const { code, err } = await run(['verify', '--key', 'trustly:live', '--explain'], raw('python-real-notification1'))
    expect([code, err]).toEqual([1, expect.stringMatching(/trustly_test_key: .*To fix it, /s)])
  })

  test('--explain detects names that are sorted by locale, as in one official client', async () => {
    const { privateKey, publicKey } = merchantPair
    const key = join(folder, 'public.pem')
    writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }))
    // By Trustly's rule, IP comes first: trustly.md, section 2.1.
    const signature = sign('sha1', Buffer.from('DeposituIntegrationModulemIP10.0.0.1'), privateKey).toString('base64')
    const params = { Signature: signature, UUID: 'u', Data: { IP: '10.0.0.1', IntegrationModule: 'm' } }
    const { code, err } = await run(
      ['verify', '--key', key, '--explain'],
      JSON.stringify({ method: 'Deposit', params, version: '1.1' }),
    )
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^railswitch: Not verified: a request .*\n {2}locale_sort: /),
    ])
  })

  test.each([
    ['no key', [], '{}', 2, /--key/],
    ['a missing key file', ['--key', 'no-such.pem'], '{}', 2, /no-such\.pem cannot be read/],
    ['a key file without a key', ['--key', fixture('vectors.json')], '{}', 2, /A key must be the text/],
    [
      'a message that is not JSON',
      ['--key', 'trustly:test'],
      'marked',
      1,
      /Not verified\. The message must be the JSON/,
    ],
    ['JSON that is not a message', ['--key', 'trustly:test'], '{"marked":1}', 1, /one of Trustly's messages/],
    ['an unknown option', ['--key', 'trustly:test', '--what'], '{}', 2, /--what/],
  ])('exits with an error for %s', async (_, words, input, code, says) => {
    const ran = await runHere(['verify', ...words], input)
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('marked')
  })

  test('uses the public half of a private key, and refuses an encrypted key with the reason', async () => {
    const { privateKey } = merchantPair
    const plain = join(folder, 'private.pem')
    const encrypted = join(folder, 'encrypted.pem')
    writeFileSync(plain, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'marked' }
    writeFileSync(encrypted, privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }))
    expect(await run(['verify', '--key', plain], raw('net-packet-credit_ok'))).toMatchObject({ code: 1 })
    expect(await run(['verify', '--key', encrypted], '{}')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/passphrase/),
    })
  })
})

test('--json', async () => {
  expect(JSON.parse((await runHere(['plaintext', '--json'], '{"B":1,"A":"å"}')).out)).toEqual({ plaintext: 'AåB1' })
  const message = raw('python-real-notification1')
  const verified = await runHere(['verify', '--json', '--key', 'trustly:test'], message)
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(verified.out)).toMatchObject({ verified: true, kind: 'notification', hash: 'sha1', mistakes: [] })
  const wrong = await runHere(['verify', '--json', '--key', 'trustly:live'], message)
  expect(wrong).toMatchObject({ code: 1, err: '' })
  expect(JSON.parse(wrong.out)).toMatchObject({ verified: false, mistakes: [{ code: 'trustly_test_key' }] })
})
