import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startCommand } from '../__fixtures__/run-command.ts'
import { startHere } from '../__fixtures__/start-here.ts'

let folder: string
const running: Running[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
})

afterEach(() => Promise.all(running.splice(0).map(({ end }) => end('SIGTERM'))))

afterAll(() => rmSync(folder, { recursive: true }))

const started = (command: Running): Running => {
  running.push(command)
  return command
}
const start = (...words: string[]): Running => started(startHere(['sandbox', ...words]))
const startProcess = (...words: string[]): Running => started(startCommand(['sandbox', ...words]))

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

test('prints the addresses in the first line, and both vendors and the control API respond there', async () => {
  const printed = JSON.parse(await startProcess('--json').firstLine())
  expect(printed).toEqual({
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
    fetch(printed.trustly.url, { method: 'POST', body: '{}' }),
    fetch(`${printed.payabl.url}/tx_diagnose`, { method: 'POST', body: '' }),
    fetch(printed.backOffice),
    fetch(printed.control.url, { headers: { Authorization: `Bearer ${printed.control.token}` } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('writes key files that only this user can read, and deletes them at the end', async () => {
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

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('exits with 0 on %s, and leaves no key behind', async (signal) => {
  const command = startProcess('--json')
  const { trustly } = JSON.parse(await command.firstLine())
  expect(await command.end(signal)).toBe(0)
  await expect(fetch(trustly.url)).rejects.toThrow('fetch failed')
  expect([trustly.publicKeyFile, trustly.privateKeyFile].some(existsSync)).toBe(false)
  expect(command.err()).toBe('')
})

test('keeps addresses, keys and payments in a folder', async () => {
  const data = join(folder, 'data')
  const read = async (command: Running) => {
    const printed = JSON.parse(await command.firstLine())
    const key = readFileSync(printed.trustly.privateKeyFile, 'utf8')
    expect(await command.end('SIGTERM')).toBe(0)
    return { printed, key }
  }
  const first = await read(start('--json', '--data', data))
  const second = await read(start('--json', '--data', data))
  expect(second).toEqual(first)
  expect(first.printed.trustly.privateKeyFile).toBe(join(data, 'merchant-private-key.pem'))
  expect(statSync(first.printed.trustly.privateKeyFile).mode & 0o777).toBe(0o600)
})

test('uses the merchants of a file, with keys as PEM text or as paths relative to the file', async () => {
  const [one, two] = [rsaKey(), rsaKey()]
  writeFileSync(join(folder, 'two.pem'), two.publicKey)
  const file = merchantsFile('merchants.json', {
    trustly: [
      { username: 'shop-one', password: 'password-one', publicKey: one.publicKey },
      { username: 'shop-two', password: 'password-two', publicKey: 'two.pem' },
    ],
    payabl: [{ merchantId: 'shop-three', secret: 'secret-three' }],
  })
  const printed = JSON.parse(await start('--json', '--merchants', file).firstLine())
  expect(printed.trustly).toMatchObject({ username: 'shop-one', password: 'password-one', privateKeyFile: null })
  expect(printed.payabl).toMatchObject({ merchantId: 'shop-three', secret: 'secret-three' })
})

test.each([
  ['a missing file', join(tmpdir(), 'no', 'such.json'), /cannot be read .*ENOENT/],
  ['a file that is not JSON', '{"trustly": "top-secret', /is not JSON/],
  ['a missing member', { payabl: [{ merchantId: 'shop' }] }, /payabl\.0\.secret/],
  ['an unknown member', { payabl: [], paypal: [] }, /paypal/],
  [
    'an invalid key',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: '-----BEGIN' }] },
    /public key of shop/,
  ],
  [
    'a missing key file',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: 'no.pem' }] },
    /public key of shop cannot be read/,
  ],
  [
    'a private key',
    { trustly: [{ username: 'shop', password: 'top-secret', publicKey: rsaKey().privateKey }] },
    /a private key/,
  ],
])('exits with 2 for %s, and prints no secret', async (name, content, message) => {
  const file = typeof content === 'string' && content.startsWith('/') ? content : merchantsFile(`${name}.json`, content)
  const command = start('--merchants', file)
  expect(await command.exit()).toBe(2)
  expect(command.err()).toMatch(message)
  expect(command.err()).not.toMatch(/top-secret|BEGIN/)
  expect(command.out()).toBe('')
})

test('listens on the given port, and exits with 1 if it is in use', async () => {
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

test('exits with 1 if the key files cannot be written', async () => {
  const before = process.env.TMPDIR
  process.env.TMPDIR = join(folder, 'none')
  const command = startProcess()
  process.env.TMPDIR = before
  if (before === undefined) delete process.env.TMPDIR
  expect(await command.exit()).toBe(1)
  expect(command.err()).toMatch(/ENOENT/)
})

test('warns on stderr if other machines can reach it, and still prints the addresses first on stdout', async () => {
  const command = start('--json', '--host', '0.0.0.0')
  expect(JSON.parse(await command.firstLine()).trustly.url).toMatch(/^http:/)
  expect(command.err()).toMatch(/warning: 0\.0\.0\.0 can be reached from other machines/)
})

test('applies the chaos script of a file', async () => {
  const file = merchantsFile('chaos.json', { seed: 3, rules: [{ do: 'drop', on: 'call', nth: 1 }] })
  const { trustly, control } = JSON.parse(await start('--json', '--chaos', file).firstLine())
  const call = () => fetch(trustly.url, { method: 'POST', body: '{}' })
  await expect(call()).rejects.toThrow('fetch failed')
  expect((await call()).status).toBe(200)
  const chaos = await fetch(`${control.url}/chaos`, { headers: { Authorization: `Bearer ${control.token}` } })
  expect(await chaos.json()).toMatchObject({ seed: 3, log: [{ did: 'drop', vendor: 'trustly' }] })
})

test('exits with 2 for an unknown kind of chaos', async () => {
  const command = start('--chaos', merchantsFile('no-chaos.json', { rules: [{ do: 'explode', on: 'call' }] }))
  expect(await command.exit()).toBe(2)
  expect(command.err()).toMatch(/Rule 0 does explode, which does not exist/)
})

test('prints addresses with the public URL', async () => {
  const printed = JSON.parse(await start('--json', '--public-url', 'http://sandbox.example:4270/').firstLine())
  expect(printed.trustly.url).toBe('http://sandbox.example:4270/api/1')
  expect(printed.control.url).toBe('http://sandbox.example:4270/control')
})

test('prints the addresses as text without --json', async () => {
  const command = start()
  await command.saw(/Press Ctrl\+C to stop/)
  expect(command.out()).toMatch(/Back office {5}http:\/\/127\.0\.0\.1:\d+\/back-office/)
  expect(command.out()).not.toMatch(/BEGIN/)
})

describe('--write-env', () => {
  const variablesIn = (file: string): Record<string, string> =>
    Object.fromEntries(
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((text) => {
          const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? []
          return name === '' ? [] : [[name, value]]
        }),
    )

  test('writes the variables of a shop on both rails, and only this user can read them', async () => {
    const file = join(folder, 'new.env')
    const printed = JSON.parse(
      await start('--json', '--write-env', file, '--callback-url', 'http://127.0.0.1:3001/callbacks').firstLine(),
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(variablesIn(file)).toEqual({
      RAILSWITCH_RAILS: 'trustly,payabl',
      RAILSWITCH_ACTIVE: 'trustly',
      RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:3001/callbacks',
      RAILSWITCH_CALLBACK_SECRETS: expect.stringMatching(/^[\w-]{43}$/),
      RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
      RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
      RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
      RAILSWITCH_TRUSTLY_URL: printed.trustly.url,
      RAILSWITCH_TRUSTLY_PUBLIC_KEY_FILE: printed.trustly.publicKeyFile,
      RAILSWITCH_TRUSTLY_USERNAME: printed.trustly.username,
      RAILSWITCH_TRUSTLY_PASSWORD: printed.trustly.password,
      RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE: printed.trustly.privateKeyFile,
      RAILSWITCH_PAYABL_USE: 'payabl-trustly',
      RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
      RAILSWITCH_PAYABL_URL: printed.payabl.url,
      RAILSWITCH_PAYABL_MERCHANT_ID: printed.payabl.merchantId,
      RAILSWITCH_PAYABL_SECRET: printed.payabl.secret,
    })
  })

  test('replaces the accounts of an earlier sandbox, and keeps what the shop decides and everything else', async () => {
    const file = join(folder, 'existing.env')
    writeFileSync(
      file,
      '# mine\nDATABASE_URL=postgres://x\nRAILSWITCH_ACTIVE=payabl\nRAILSWITCH_PAYABL_SECRET=old\nRAILSWITCH_PAYABL_ENVIRONMENT=local # yes\n',
    )
    const printed = JSON.parse(await start('--json', '--write-env', file).firstLine())
    expect(readFileSync(file, 'utf8')).toMatch(/^# mine\nDATABASE_URL=postgres:\/\/x\n/)
    expect(variablesIn(file)).toMatchObject({
      RAILSWITCH_ACTIVE: 'payabl',
      RAILSWITCH_PAYABL_SECRET: printed.payabl.secret,
      RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
      RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:3000/callbacks',
    })
    expect(readFileSync(file, 'utf8').match(/RAILSWITCH_PAYABL_SECRET/g)).toHaveLength(1)
  })

  test('replaces the address for callbacks if it is given', async () => {
    const file = join(folder, 'moved.env')
    writeFileSync(file, 'RAILSWITCH_CALLBACK_URL=http://127.0.0.1:3000/callbacks\n')
    await start('--json', '--write-env', file, '--callback-url', 'http://127.0.0.1:4271/callbacks').firstLine()
    expect(variablesIn(file)).toMatchObject({ RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:4271/callbacks' })
    expect(readFileSync(file, 'utf8').match(/RAILSWITCH_CALLBACK_URL/g)).toHaveLength(1)
  })

  test('--callback-url without --write-env is wrong usage, because nothing is written', async () => {
    const command = start('--callback-url', 'http://127.0.0.1:4271/callbacks')
    expect(await command.exit()).toBe(2)
    expect(command.err()).toMatch(/--write-env/)
  })

  test('exits with 2 and changes nothing if the file configures a rail at a vendor', async () => {
    const file = join(folder, 'live.env')
    const text = 'RAILSWITCH_TRUSTLY_ENVIRONMENT=live\nRAILSWITCH_TRUSTLY_PASSWORD=top-secret\n'
    writeFileSync(file, text)
    const command = start('--write-env', file)
    expect(await command.exit()).toBe(2)
    expect(command.err()).toMatch(/configures a rail that is not in a sandbox.*--write-env \.env\.sandbox/)
    expect(command.err()).not.toContain('top-secret')
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})
