import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startCommand } from '../__fixtures__/run-command.ts'

let folder: string
const running: Running[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
})

afterEach(() => Promise.all(running.splice(0).map(({ end }) => end('SIGTERM'))))

afterAll(() => rmSync(folder, { recursive: true }))

const start = (...words: string[]): Running => {
  const command = startCommand(['sandbox', ...words])
  running.push(command)
  return command
}

const merchantsFile = (name: string, content: unknown): string => {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const rsaKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

test('says in the first line what it started, and both vendors and the control API answer there', async () => {
  const started = JSON.parse(await start('--json').firstLine())
  expect(started).toEqual({
    trustly: {
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/1$/),
      publicKeyFile: expect.any(String),
      username: expect.any(String),
      password: expect.any(String),
      privateKeyFile: expect.any(String),
    },
    payabl: {
      url: expect.stringMatching(/\/pay\/backoffice$/),
      merchantId: expect.any(String),
      secret: expect.any(String),
    },
    backOffice: expect.stringMatching(/\/back-office$/),
    control: { url: expect.stringMatching(/\/control$/), token: expect.any(String) },
  })
  const answers = await Promise.all([
    fetch(started.trustly.url, { method: 'POST', body: '{}' }),
    fetch(`${started.payabl.url}/tx_diagnose`, { method: 'POST', body: '' }),
    fetch(started.backOffice),
    fetch(started.control.url, { headers: { Authorization: `Bearer ${started.control.token}` } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('writes the keys for this user only, and takes them away when it ends', async () => {
  const command = start('--json')
  const { trustly } = JSON.parse(await command.firstLine())
  const files: string[] = [trustly.publicKeyFile, trustly.privateKeyFile]
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  const [theirs = '', ours = ''] = files.map((file) => readFileSync(file, 'utf8'))
  expect(createPublicKey(theirs).asymmetricKeyDetails?.modulusLength).toBe(2048)
  expect(createPrivateKey(ours).asymmetricKeyType).toBe('rsa')
  expect(await command.end('SIGTERM')).toBe(0)
  expect(files.some(existsSync)).toBe(false)
})

test.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly at %s', async (signal) => {
  const command = start('--json')
  const { trustly } = JSON.parse(await command.firstLine())
  expect(await command.end(signal)).toBe(0)
  await expect(fetch(trustly.url)).rejects.toThrow('fetch failed')
  expect(command.err()).toBe('')
})

test('knows the merchants of a file, with keys as PEM text or as files beside it', async () => {
  const [one, two] = [rsaKey(), rsaKey()]
  writeFileSync(join(folder, 'two.pem'), two.publicKey)
  const file = merchantsFile('merchants.json', {
    trustly: [
      { username: 'shop-one', password: 'password-one', publicKey: one.publicKey },
      { username: 'shop-two', password: 'password-two', publicKey: 'two.pem' },
    ],
    payabl: [{ merchantId: 'shop-three', secret: 'secret-three' }],
  })
  const started = JSON.parse(await start('--json', '--merchants', file).firstLine())
  expect(started.trustly).toMatchObject({ username: 'shop-one', password: 'password-one', privateKeyFile: null })
  expect(started.payabl).toMatchObject({ merchantId: 'shop-three', secret: 'secret-three' })
})

test.each([
  ['a file that is not there', join(tmpdir(), 'no', 'such.json'), /cannot be read .*ENOENT/],
  ['a file that is no JSON', '{"trustly": "top-secret', /is not JSON/],
  ['a member that is missing', { payabl: [{ merchantId: 'shop' }] }, /payabl\.0\.secret/],
  ['a member that does not exist', { payabl: [], paypal: [] }, /paypal/],
  [
    'a key that is none',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: '-----BEGIN' }] },
    /public key of shop/,
  ],
  [
    'a key file that is not there',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: 'no.pem' }] },
    /public key of shop cannot be read/,
  ],
  [
    'the private key',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: rsaKey().privateKey }] },
    /a private key/,
  ],
])('exits 2 at %s, without a word of the secrets', async (name, content, message) => {
  const file = typeof content === 'string' && content.startsWith('/') ? content : merchantsFile(`${name}.json`, content)
  const command = start('--merchants', file)
  expect(await command.exit()).toBe(2)
  expect(command.err()).toMatch(message)
  expect(command.err()).not.toMatch(/top-secret|BEGIN/)
  expect(command.out()).toBe('')
})

test('listens on the port that was asked for, and exits 1 when it is taken', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number }
  const refused = start('--port', String(port))
  expect(await refused.exit()).toBe(1)
  expect(refused.err()).toMatch(/EADDRINUSE/)
  await new Promise((resolve) => holder.close(resolve))
  const { backOffice } = JSON.parse(await start('--json', '--port', String(port)).firstLine())
  expect(new URL(backOffice).port).toBe(String(port))
})

test('exits 1 when the key files cannot be written', async () => {
  const before = process.env.TMPDIR
  process.env.TMPDIR = join(folder, 'none')
  const command = start()
  process.env.TMPDIR = before
  if (before === undefined) delete process.env.TMPDIR
  expect(await command.exit()).toBe(1)
  expect(command.err()).toMatch(/ENOENT/)
})

test('warns on stderr when others can reach it, and still says first on stdout what it started', async () => {
  const command = start('--json', '--host', '0.0.0.0')
  expect(JSON.parse(await command.firstLine()).trustly.url).toMatch(/^http:/)
  expect(command.err()).toMatch(/warning: 0\.0\.0\.0 can be reached from other machines/)
})

test('lets go wrong what a file says', async () => {
  const file = merchantsFile('chaos.json', { seed: 3, rules: [{ do: 'drop', on: 'call', nth: 1 }] })
  const { trustly, control } = JSON.parse(await start('--json', '--chaos', file).firstLine())
  const call = () => fetch(trustly.url, { method: 'POST', body: '{}' })
  await expect(call()).rejects.toThrow('fetch failed')
  expect((await call()).status).toBe(200)
  const chaos = await fetch(`${control.url}/chaos`, { headers: { Authorization: `Bearer ${control.token}` } })
  expect(await chaos.json()).toMatchObject({ seed: 3, log: [{ did: 'drop', vendor: 'trustly' }] })
})

test('exits 2 at chaos that does not exist', async () => {
  const command = start('--chaos', merchantsFile('no-chaos.json', { rules: [{ do: 'explode', on: 'call' }] }))
  expect(await command.exit()).toBe(2)
  expect(command.err()).toMatch(/Rule 0 does explode, which does not exist/)
})

test('is known by the address that it was given, and by no other name', async () => {
  const started = JSON.parse(await start('--json', '--public-url', 'http://sandbox.example:4270/').firstLine())
  expect(started.trustly.url).toBe('http://sandbox.example:4270/api/1')
  expect(started.control.url).toBe('http://sandbox.example:4270/control')
})

test('tells people the same in words', async () => {
  const command = start()
  await command.saw(/Ctrl\+C ends it/)
  expect(command.out()).toMatch(/Back office {5}http:\/\/127\.0\.0\.1:\d+\/back-office/)
  expect(command.out()).not.toMatch(/BEGIN/)
})
