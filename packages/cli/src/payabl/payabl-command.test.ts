import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCommand } from '../__fixtures__/run-command.ts'
import { runHere as runAny } from '../__fixtures__/run-here.ts'

interface Vector {
  readonly name: string
  readonly kind: 'request-sha1' | 'notification-sha256'
  readonly provenance: 'published' | 'derived'
  readonly params: { readonly [name: string]: string }
  readonly secret: string
  readonly encoding?: 'utf8' | 'latin1'
  readonly wire?: string
  readonly expected_sha1?: string
  readonly expected_sha256?: string
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../__fixtures__/payabl/${name}`, import.meta.url), 'utf8')
const vectors: readonly Vector[] = JSON.parse(fixture('vectors.json'))
const formOf = (params: { readonly [name: string]: string }): string => new URLSearchParams(params).toString()

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const secretFile = (...secrets: readonly string[]): readonly string[] => {
  const file = join(folder, 'secret.txt')
  writeFileSync(file, `${secrets.join('\n')}\n`)
  return ['--secret-file', file]
}

const run = async (words: readonly string[], input: string | Uint8Array) => {
  const command = startCommand(['payabl', ...words], undefined, input)
  return { code: await command.exit(), out: command.out(), err: command.err() }
}

const runHere = (words: readonly string[], input: string | Uint8Array) => runAny(['payabl', ...words], { input })

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

const publishedRequest = vectors.find(({ name }) => name === 'docs worked example (request)')
const publishedCallback = vectors.find(({ name }) => name === 'docs worked example (notification)')
if (!publishedRequest || !publishedCallback) throw new Error('The fixture is missing.')

describe('sign', () => {
  test('prints the published signature in the last line, and neither the secret nor personal data', async () => {
    const { params, secret, expected_sha1 } = publishedRequest
    const { code, out, err } = await run(['sign', ...secretFile(secret)], formOf(params))
    expect([code, lastLine(out), err]).toEqual([0, expected_sha1, ''])
    expect(out).toMatch(/^names {2}amount /)
    expect(out).toContain('<secret>')
    for (const hidden of [secret, params.lastname ?? '-', params.email ?? '-']) expect(out).not.toContain(hidden)
  })

  test.each(vectors.filter(({ kind }) => kind === 'request-sha1'))('$provenance: $name', async (vector) => {
    const encoding = vector.encoding ?? 'latin1'
    const { code, out } = await runHere(
      ['sign', '--encoding', encoding, ...secretFile(vector.secret)],
      formOf(vector.params),
    )
    expect([code, lastLine(out)]).toEqual([0, vector.expected_sha1])
  })

  test('replaces a signature with the published one, using the secret in PAYABL_SECRET', async () => {
    process.env.PAYABL_SECRET = 'b185'
    try {
      const body = fixture('req-resend-notification-authentic.txt')
      const { code, out } = await run(['sign'], body.replace(/signature=\w+/, 'signature=0'))
      expect([code, lastLine(out)]).toEqual([0, /signature=(\w+)/.exec(body)?.[1]])
    } finally {
      delete process.env.PAYABL_SECRET
    }
  })

  test('the encoding changes only the signatures of values with non-ASCII characters', async () => {
    const signed = async (encoding: string, body: string) =>
      lastLine((await runHere(['sign', '--encoding', encoding, ...secretFile('s')], body)).out)
    expect(await signed('latin1', 'city=K%C3%B6ln')).not.toBe(await signed('utf8', 'city=K%C3%B6ln'))
    expect(await signed('latin1', 'city=K%F6ln')).toBe(await signed('latin1', 'city=K%C3%B6ln'))
    expect(await signed('latin1', 'city=Bonn')).toBe(await signed('utf8', 'city=Bonn'))
  })

  test('without an encoding, signs the bytes as they are given', async () => {
    const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')
    for (const [body, bytes] of [
      ['city=K%C3%B6ln', Buffer.from('Köln', 'utf8')],
      ['city=K%F6ln', Buffer.from('Köln', 'latin1')],
      ['city=%C5%81%C3%B3d%C5%BA', Buffer.from('Łódź', 'utf8')],
    ] as const)
      expect(lastLine((await runHere(['sign', ...secretFile('s')], body)).out)).toBe(
        sha1(Buffer.concat([bytes, Buffer.from('s')])),
      )
  })

  test('--json', async () => {
    const { params, secret, expected_sha1 } = publishedRequest
    const { code, out } = await runHere(['sign', '--json', ...secretFile(secret)], formOf(params))
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      signature: expected_sha1,
      names: expect.arrayContaining(['amount', 'merchantid']),
      text: expect.stringMatching(/<secret>$/),
    })
  })

  test.each([
    ['a body that is not a form', [], 'marked', 1, /not a form body: not a pair \(parameter 1\)/],
    ['a complete HTTP message', [], 'POST /marked HTTP/1.1\r\nHost: a\r\n\r\nb=1', 1, /begins with HTTP headers/],
    ['a duplicate name', [], 'a=marked&a=2', 1, /duplicate name \(parameter 2\)/],
    [
      'a character that ISO-8859-1 lacks',
      ['--encoding', 'latin1'],
      'lastname=%C5%81marked',
      1,
      /^railswitch: lastname cannot be sent/,
    ],
    ['an unknown encoding', ['--encoding', 'utf16'], '', 2, /utf16/],
  ])('refuses %s', async (_, words, body, code, says) => {
    const ran = await runHere(['sign', ...words, ...secretFile('s')], body)
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('marked')
  })
})

describe('verify', () => {
  test.each(['req-resend-notification-authentic.txt', 'req-cft-existing-card-authentic.txt'])(
    'verifies the signature of a request that payabl published: %s',
    async (name) => {
      const body = fixture(name)
      expect(await run(['verify', ...secretFile('b185')], body)).toMatchObject({
        code: 0,
        out: 'Verified: a request. The secret makes this signature.\n',
      })
      expect(await run(['verify', ...secretFile('other', 'b185')], body)).toMatchObject({ code: 0 })
      expect(await run(['verify', ...secretFile('other')], body)).toMatchObject({ code: 1, out: '' })
    },
  )

  test('verifies the security of the callback that payabl published', async () => {
    const { params, secret, expected_sha256 } = publishedCallback
    const body = formOf({ ...params, security: expected_sha256 ?? '' })
    expect(await run(['verify', ...secretFile(secret)], body)).toEqual({
      code: 0,
      out: 'Verified: a callback. Its security matches the secret.\n',
      err: '',
    })
    const { code, out, err } = await run(['verify', ...secretFile(secret)], body.replace('capture', 'refund'))
    expect([code, out, err]).toEqual([1, '', expect.stringMatching(/^railswitch: Not verified: a callback\./)])
  })

  test.each(vectors.filter(({ kind }) => kind === 'notification-sha256'))('$provenance: $name', async (vector) => {
    const body = formOf({ ...vector.params, security: vector.expected_sha256 ?? '' })
    expect(await runHere(['verify', ...secretFile(vector.secret)], body)).toMatchObject({ code: 0 })
  })

  test('--explain prints which fields of a callback its security covers and which it does not', async () => {
    const { code, out } = await run(
      ['verify', '--explain', ...secretFile('b185')],
      fixture('notification-trustly-accepted-additional.txt'),
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^names {2}transactionid type errorcode timestamp\ntext {3}\d+capture0\d{10}<secret>\n/)
    expect(out).toMatch(/not covered by security: .*amount.*payment_state/)
    expect(out).not.toMatch(/b185|[0-9a-f]{64}/)
  })

  test('--explain of a callback without fields that its security does not cover', async () => {
    const { out } = await run(
      ['verify', '--explain', ...secretFile('b185')],
      'transactionid=1&type=capture&errorcode=0&timestamp=1&security=aa',
    )
    expect(out).toMatch(/\nsecurity covers every field\n$/)
  })

  test('--explain prints the ordered names, the masked text and the mistake of a wrong request', async () => {
    const body = fixture('req-resend-notification-authentic.txt').replace(
      /signature=(\w+)/,
      (_, hash: string) => `signature=${hash.toUpperCase()}`,
    )
    const { code, out, err } = await run(['verify', '--explain', ...secretFile('b185')], body)
    expect(code).toBe(1)
    expect(out).toMatch(/^names {2}merchantid transactionid\ntext {3}gateway_test3d104837645<secret>\n/)
    expect(err).toMatch(/^railswitch: Not verified: a request\. .*upper case/)
  })

  test.each([
    ['no secret', [], 'a=1', 2, /PAYABL_SECRET/],
    ['a missing secret file', ['--secret-file', 'no-such.txt'], 'a=1', 2, /no-such\.txt cannot be read/],
    ['an unknown option', ['--what'], 'a=1', 2, /--what/],
  ])('exits with 2 for %s', async (_, words, body, code, says) => {
    expect(await runHere(['verify', ...words], body)).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
  })

  test.each([
    ['a body that is not a form', 'marked', /not a form body/],
    ['a complete HTTP message', 'Host: marked\r\n\r\na=1&signature=0', /begins with HTTP headers/],
    ['a body without signature or security', 'a=marked', /There is no signature/],
    ['a security of another length', 'transactionid=1&type=c&errorcode=0&timestamp=1&security=marked', /callback/],
  ])('does not verify %s', async (_, body, says) => {
    const ran = await runHere(['verify', ...secretFile('s')], body)
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringMatching(says) })
    expect(ran.err).not.toContain('marked')
  })

  test.each(['signature', 'security'])('prints only documented parameter names of a body with a %s', async (made) => {
    const body = `%1B]0;marked%07=1&marked%40customer.example=1&merchantid=m&${made}=0`
    const { out, err } = await runHere(['verify', '--explain', ...secretFile('s')], body)
    for (const hidden of ['marked', '\u001b', '\u0007']) expect(out + err).not.toContain(hidden)
    expect(out).toContain('merchantid')
  })

  test('--json, of what is verified and what is not', async () => {
    const body = fixture('req-resend-notification-authentic.txt')
    const verified = await runHere(['verify', '--json', ...secretFile('b185')], body)
    expect(verified).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(verified.out)).toMatchObject({
      verified: true,
      kind: 'request',
      names: ['merchantid', 'transactionid'],
    })
    const wrong = await runHere(['verify', '--json', ...secretFile('other')], body)
    expect(wrong).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(wrong.out)).toMatchObject({ verified: false, summary: expect.stringContaining('not make') })
  })

  test('exits with 2 for an empty secret file', async () => {
    expect(await runHere(['verify', ...secretFile('')], 'a=1')).toMatchObject({ code: 2 })
  })
})
