import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { trustlyPublicKeys } from '@railswitch/trustly-direct'
import { runHere } from '../__fixtures__/run-here.ts'

let folder = ''
const before = process.cwd()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const keys = (...words: string[]) => runHere(['keys', ...words])
const own = merchantPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const ownPublic = merchantPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const ownFingerprint = createHash('sha256')
  .update(merchantPair.publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex')
const read = (file: string) => readFileSync(file, 'utf8')

describe('generate', () => {
  test('writes a pair, of which only you can read the private key, and which openssl reads', async () => {
    const { code, out } = await keys('generate', '--folder', 'live')
    expect(code).toBe(0)
    expect(statSync('live/private.pem').mode & 0o777).toBe(0o600)
    expect(read('live/private.pem')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(read('live/public.pem')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
    const { stdout } = spawnSync('openssl', ['pkey', '-pubin', '-in', 'live/public.pem', '-outform', 'der'])
    expect(out).toContain(createHash('sha256').update(stdout).digest('hex'))
    expect(out).not.toContain('BEGIN')
  })

  test('--json, and never overwrites', async () => {
    const result = JSON.parse((await keys('generate', '--json')).out)
    expect(result).toEqual({
      privateKeyFile: 'private.pem',
      publicKeyFile: 'public.pem',
      bits: 2048,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const first = read('private.pem')
    expect(await keys('generate')).toMatchObject({ code: 2, err: expect.stringMatching(/private\.pem exists/) })
    expect(read('private.pem')).toBe(first)
  })

  test('leaves no half of a pair behind', async () => {
    writeFileSync('public.pem', 'mine')
    expect(await keys('generate')).toMatchObject({ code: 2, err: expect.stringMatching(/public\.pem exists/) })
    expect([readdirSync('.'), read('public.pem')]).toEqual([['public.pem'], 'mine'])
  })

  test('refuses another size', async () => expect(await keys('generate', '--bits', '1024')).toMatchObject({ code: 2 }))
})

describe('inspect', () => {
  test.each([
    ['a private key', own, /private key, RSA, 2048 bits/, /a key of your own/],
    ['a public key', ownPublic, /public key, RSA, 2048 bits/, /no published key/],
    ["Trustly's test key", trustlyPublicKeys.test, /public/, /Trustly's own key for tests/],
    ["Trustly's live key", trustlyPublicKeys.live, /public/, /Trustly's own live key/],
  ])('%s', async (_, text, kind, known) => {
    writeFileSync('key.pem', text)
    const { code, out } = await keys('inspect', 'key.pem')
    expect(code).toBe(0)
    expect(out).toMatch(kind)
    expect(out).toMatch(known)
    expect(out).not.toContain('BEGIN')
  })

  test('--json, of a key and of what is none', async () => {
    writeFileSync('key.pem', own)
    expect(JSON.parse((await keys('inspect', 'key.pem', '--json')).out)).toEqual({
      kind: 'private',
      bits: 2048,
      fingerprint: ownFingerprint,
      published: null,
    })
    writeFileSync('text.pem', 'marked')
    const none = await keys('inspect', 'text.pem', '--json')
    expect(none).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(none.out)).toMatchObject({ mistake: { code: 'not_a_key' } })
  })

  test('an encrypted key needs its passphrase from the environment', async () => {
    writeFileSync(
      'key.pem',
      merchantPair.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' }),
    )
    expect(await keys('inspect', 'key.pem')).toMatchObject({ code: 1, err: expect.stringMatching(/passphrase/) })
    expect(await runHere(['keys', 'inspect', 'key.pem'], { env: { KEY_PASSPHRASE: 'p' } })).toMatchObject({ code: 0 })
  })

  test('a mistake with its fix', async () => {
    writeFileSync('text.pem', 'marked')
    const { code, out, err } = await keys('inspect', 'text.pem')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^railswitch: text\.pem must be .*\n {2}To fix it, /)
    expect(err).not.toContain('marked')
    expect(await keys('inspect', 'none.pem')).toMatchObject({ code: 2 })
  })
})

test('fingerprint is equal for both halves', async () => {
  writeFileSync('private.pem', own)
  writeFileSync('public.pem', ownPublic)
  expect((await keys('fingerprint', 'private.pem', 'public.pem')).out).toBe(
    `${ownFingerprint}  private.pem\n${ownFingerprint}  public.pem\n`,
  )
  expect(JSON.parse((await keys('fingerprint', 'public.pem', '--json')).out)).toEqual({
    keys: [{ file: 'public.pem', fingerprint: ownFingerprint }],
  })
  writeFileSync('other.pem', 'x')
  expect(await keys('fingerprint', 'public.pem', 'other.pem')).toMatchObject({ code: 1, out: '' })
})

describe('rotate key', () => {
  test('makes the next pair, then puts it in the place of the current one, which stays', async () => {
    writeFileSync('private.pem', own)
    writeFileSync('public.pem', ownPublic)
    const begun = await keys('rotate', 'key', '--private-key', 'private.pem')
    expect(begun).toMatchObject({ code: 0, out: expect.stringMatching(/still signed with private\.pem/) })
    expect(read('private.pem')).toBe(own)
    const next = [read('next-private.pem'), read('next-public.pem')]
    expect(await keys('rotate', 'key', '--private-key', 'private.pem')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/in progress/),
    })
    const finished = await keys('rotate', 'key', '--private-key', 'private.pem', '--finish', '--json')
    expect(JSON.parse(finished.out)).toMatchObject({ step: 'finished', files: ['private.pem', 'previous-private.pem'] })
    expect([read('private.pem'), read('public.pem')]).toEqual(next)
    expect([read('previous-private.pem'), read('previous-public.pem')]).toEqual([own, ownPublic])
    expect(readdirSync('.').sort()).toEqual([
      'previous-private.pem',
      'previous-public.pem',
      'private.pem',
      'public.pem',
    ])
  })

  test('overwrites no earlier key', async () => {
    writeFileSync('private.pem', own)
    writeFileSync('previous-private.pem', 'older')
    await keys('rotate', 'key', '--private-key', 'private.pem')
    expect(await keys('rotate', 'key', '--private-key', 'private.pem', '--finish')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/previous-private\.pem of an earlier rotation exists/),
    })
    expect([read('private.pem'), read('previous-private.pem')]).toEqual([own, 'older'])
  })

  test.each([
    [['key'], /--private-key/],
    [['key', '--private-key', 'public.pem'], /is a public key/],
    [['key', '--private-key', 'none.pem'], /none\.pem/],
    [['key', '--private-key', 'private.pem', '--finish'], /begin the rotation without --finish/],
    [['key', '--private-key', 'private.pem', '--env-file', '.env'], /belongs to callback-secret/],
    [['callback-secret'], /--env-file/],
    [['callback-secret', '--env-file', '.env', '--finish'], /belong to a key/],
    [['something'], /key, callback-secret/],
  ])('%j is wrong usage', async (words, says) => {
    writeFileSync('private.pem', own)
    writeFileSync('public.pem', ownPublic)
    expect(await keys('rotate', ...words)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(says) })
  })
})

describe('rotate callback-secret', () => {
  const old = 'o'.repeat(32)

  test.each([
    [`RAILSWITCH_CALLBACK_SECRETS=${old}`, new RegExp(`^RAILSWITCH_CALLBACK_SECRETS=[\\w-]{43},${old}$`, 'm')],
    [`export RAILSWITCH_CALLBACK_SECRETS="${old}" # x`, new RegExp(`SECRETS="[\\w-]{43},${old}" # x$`, 'm')],
    ['RAILSWITCH_CALLBACK_SECRETS=', /^RAILSWITCH_CALLBACK_SECRETS=[\w-]{43}$/m],
  ])('writes the new one in front: %s', async (text, expected) => {
    writeFileSync('.env', `# mine\n${text}\nOTHER=1\n`)
    chmodSync('.env', 0o600)
    const { code, out, err } = await keys('rotate', 'callback-secret', '--env-file', '.env')
    expect([code, err]).toEqual([0, ''])
    expect(read('.env')).toMatch(expected)
    expect(read('.env')).toMatch(/^# mine\n.*\nOTHER=1\n$/)
    expect(statSync('.env').mode & 0o777).toBe(0o600)
    for (const secret of /SECRETS="?([\w-]+)/.exec(read('.env'))?.slice(1) ?? []) expect(out).not.toContain(secret)
  })

  test('--json', async () => {
    writeFileSync('.env', `RAILSWITCH_CALLBACK_SECRETS=${old},${old}\n`)
    expect(JSON.parse((await keys('rotate', 'callback-secret', '--env-file', '.env', '--json')).out)).toEqual({
      file: '.env',
      secrets: 3,
    })
  })

  test('a file without the variable stays as it is', async () => {
    writeFileSync('.env', 'A=1\n')
    expect(await keys('rotate', 'callback-secret', '--env-file', '.env')).toMatchObject({ code: 2 })
    expect(read('.env')).toBe('A=1\n')
  })
})
