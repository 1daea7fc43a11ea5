import { execFile } from 'node:child_process'
import { sign as rsaSign } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { buildSync } from 'esbuild'
import { vectors } from '../__fixtures__/published.ts'
import type { Findings } from '../__fixtures__/sign-in-a-process.ts'
import type { TrustlyDirectOptions } from '../config.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const program = buildSync({
  entryPoints: [here('../__fixtures__/sign-in-a-process.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  conditions: ['@railswitch/source'],
  banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
}).outputFiles[0]?.text

const { privateKey } = merchantPair
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' }).toString()

const message = { method: 'Deposit', uuid: '258a2184-2842-b485-25ca-293525152425', data: { Firstname: 'Åsa 🐟' } }
const expected = rsaSign('sha1', Buffer.from(`${message.method}${message.uuid}FirstnameÅsa 🐟`), privateKey)

/** Captured from Trustly's TEST server: vector python-testSignedNotification-notification-notification1. */
const captured = vectors.published.find(
  ({ name }) => name === 'python-testSignedNotification-notification-notification1',
)
const received = captured && { ...captured, signature: captured.expected_signature }

const findings = async (options: Partial<TrustlyDirectOptions>, config?: string): Promise<Findings> => {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const task = { options: { environment: 'test', username: 'u', password: 'p', privateKey: pem, ...options } }
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '-'], {
    cwd: here('.'),
    env: {
      ...env,
      NODE_OPTIONS: '',
      TASK: JSON.stringify({ ...task, message, received }),
      ...(config && { OPENSSL_CONF: here(config) }),
    },
  })
  running.child.stdin?.end(program)
  return JSON.parse((await running).stdout)
}

const policy = '../__fixtures__/no-sha1.cnf'
const signatures = [expected.toString('base64'), expected.toString('base64')]

test('where OpenSSL signs SHA-1, node-forge is not even loaded', async () => {
  expect(await findings({})).toEqual({
    openssl: { sha1: 'signs', sha256: 'signs' },
    issues: [],
    signatures,
    believed: [true, false],
    loadedForge: false,
  })
})

test('where OpenSSL refuses SHA-1, the account starts, signs the same bytes and verifies Trustly’s, all by itself', async () => {
  expect(await findings({}, policy)).toEqual({
    openssl: { sha1: 'refuses', sha256: 'refuses' },
    issues: [],
    signatures,
    believed: [true, false],
    loadedForge: true,
  })
})

test('an encrypted key is opened there, too', async () => {
  expect(await findings({ privateKey: encrypted, passphrase: 'p' }, policy)).toMatchObject({ issues: [], signatures })
})

test('what only OpenSSL can sign is refused at the start, by name', async () => {
  expect(await findings({ signature: 'rs256' }, policy)).toMatchObject({
    issues: [expect.stringMatching(/^privateKey cannot sign .* policy/)],
    signatures: [],
  })
})
