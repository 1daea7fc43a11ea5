import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { call, depositData, isSigned } from './__fixtures__/trustly/shop.ts'
import { startSandbox } from './sandbox.ts'

const privateKey = (kind: 'rsa' | 'ed25519') => {
  const pair = kind === 'rsa' ? generateKeyPairSync(kind, { modulusLength: 2048 }) : generateKeyPairSync(kind)
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

test('has a key and an account of its own with every start, and serves nothing after it is closed', async () => {
  const [one, two] = await Promise.all([startSandbox(), startSandbox()])
  expect(one.trustly.publicKey).not.toBe(two.trustly.publicKey)
  expect(one.trustly.merchant.privateKey).not.toBe(two.trustly.merchant.privateKey)
  expect(one.trustly.url).toBe(`${one.url}/api/1`)
  expect([one.trustly.books(), one.trustly.requests()]).toEqual([{ orders: [], balance: {}, bankAccounts: [] }, []])
  await Promise.all([one.close(), two.close()])
  await expect(fetch(one.url)).rejects.toThrow('fetch failed')
})

test('signs with the keys that it was given, and refuses what is no RSA key', async () => {
  const [vendor, merchant] = [privateKey('rsa'), privateKey('rsa')]
  const sandbox = await startSandbox({ trustly: { keys: { vendor, merchant } } })
  const { trustly } = sandbox
  const publicKeys = [vendor, merchant].map((key) => createPublicKey(key).export({ type: 'spki', format: 'pem' }))
  expect([trustly.publicKey, trustly.merchant.publicKey, trustly.merchant.privateKey]).toEqual([
    ...publicKeys,
    merchant,
  ])
  const { result } = await call(sandbox, 'Deposit', depositData(trustly.merchant))
  expect(isSigned(result, result.signature, trustly.publicKey)).toBe(true)
  await sandbox.close()
  const wrong = startSandbox({ trustly: { keys: { vendor: privateKey('ed25519') } } })
  await expect(wrong).rejects.toThrow('A private key that was given is not an RSA key.')
})

test('answers in a fixed hash when configured to', async () => {
  const sandbox = await startSandbox({ trustly: { answerHash: 'RS384' } })
  const { result } = await call(sandbox, 'Deposit', depositData(sandbox.trustly.merchant))
  expect(result.signature).toMatch(/^alg=RS384;/)
  await sandbox.close()
})

test('rejects a merchant whose key is no RSA key, and frees the port', async () => {
  const { publicKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const free = await startSandbox()
  const port = Number(new URL(free.url).port)
  await free.close()
  const wrong = { port, trustly: { merchants: [{ username: 'wrong', password: 'secret', publicKey }] } }
  await expect(startSandbox(wrong)).rejects.toThrow('The public key of wrong is not an RSA key.')
  const again = await startSandbox({ port })
  await again.close()
})
