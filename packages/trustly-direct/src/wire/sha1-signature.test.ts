import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { isLeft } from '@railswitch/core'
import { buildSync } from 'esbuild'
import { signWithForge, verifyWithForge } from './sha1-signature.ts'
import { type SignatureHash, signSync } from './signature.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const message = { method: 'Deposit', uuid: '258a2184-2842-b485-25ca-293525152425', data: { Firstname: 'Åsa 🐟' } }

const signed = (hash: SignatureHash, text: typeof message | { method: null; uuid: null; data: string } = message) => {
  const signature = signSync(text, { key: pair.privateKey, hash })
  if (isLeft(signature)) throw new Error(signature.left)
  return signature.right
}

test('node-forge signs the very bytes that OpenSSL signs, and verifies them', () => {
  const bytes = Buffer.from('Depositstatus Åsa 🐟')
  const signature = signWithForge(bytes, pair.privateKey)
  expect(signature.toString('base64')).toBe(signed('sha1', { method: null, uuid: null, data: bytes.toString() }))
  expect(verifyWithForge(bytes, pair.publicKey, signature)).toBe(true)
  expect(verifyWithForge(Buffer.from('other'), pair.publicKey, signature)).toBe(false)
  expect(verifyWithForge(bytes, other.publicKey, signature)).toBe(false)
  expect(verifyWithForge(bytes, pair.publicKey, Buffer.alloc(256, 1))).toBe(false)
})

// A process of its own: OpenSSL reads its configuration once, at the start.
const underRefusingOpenssl = (script: string): unknown => {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const bundle = buildSync({
    stdin: { contents: script, resolveDir: here, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['@railswitch/source'],
    external: ['node-forge', 'axios'],
    // fp-ts is CommonJS.
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  })
  const configuration = fileURLToPath(new URL('../__fixtures__/openssl-refuses-sha1.cnf', import.meta.url))
  const output = execFileSync(process.execPath, ['--input-type=module'], {
    cwd: here,
    input: bundle.outputFiles[0]?.text,
    env: { OPENSSL_CONF: configuration },
    encoding: 'utf8',
  })
  return JSON.parse(output)
}

// This OpenSSL cannot make RSA keys of PEM either; Node.js takes a JWK's numbers without asking it.
const asJwk = (key: KeyObject): string => JSON.stringify(JSON.stringify(key.export({ format: 'jwk' })))

test('OpenSSL does refuse, the bytes are the same, and only SHA-1 has a way around', () => {
  const answers = underRefusingOpenssl(`
    import { sign as rawSign } from 'node:crypto'
    import { readPrivateKey, readPublicKey } from './keys.ts'
    import { sign, signSync, verify } from './signature.ts'
    const message = ${JSON.stringify(message)}
    const { right: key } = readPrivateKey(${asJwk(pair.privateKey)})
    const { right: publicKey } = readPublicKey(${asJwk(pair.publicKey)})
    const refused = (() => { try { rawSign('sha1', Buffer.from('x'), key); return false } catch { return true } })()
    const signature = signSync(message, { key, hash: 'sha1' })
    const verified = (data, signature) => verify({ ...message, data }, signature, { keys: [publicKey] })
    console.log(JSON.stringify({
      refused,
      signature,
      pooled: await sign(message, { key, hash: 'sha1' }),
      stronger: signSync(message, { key, hash: 'rs256' }),
      genuine: verified(message.data, signature.right),
      forged: verified({ Firstname: 'Eve' }, signature.right),
      verifiedStronger: verified(message.data, ${JSON.stringify(signed('rs256'))}),
    }))`)
  expect(answers).toEqual({
    refused: true,
    signature: { _tag: 'Right', right: signed('sha1') },
    pooled: { _tag: 'Right', right: signed('sha1') },
    stronger: { _tag: 'Left', left: 'cannot_sign' },
    genuine: { _tag: 'Right', right: 'sha1' },
    forged: { _tag: 'Left', left: 'wrong_signature' },
    verifiedStronger: { _tag: 'Left', left: 'wrong_signature' },
  })
}, 60_000)
