import { generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createProject } from './project.mjs'

export const about = "a host whose OpenSSL refuses SHA-1, which is Trustly's signature: node-forge signs instead"

const policy = fileURLToPath(new URL('../../packages/trustly-direct/src/__fixtures__/no-sha1.cnf', import.meta.url))

// The start tries the key.
const main = `import { createPayments, memoryStore } from 'railswitch'
createPayments({
  active: 'trustly',
  providers: {
    trustly: {
      use: 'trustly-direct',
      environment: 'local',
      url: 'http://127.0.0.1:9',
      username: 'u',
      password: 'p',
      publicKey: 'public.pem',
      privateKey: 'private.pem',
    },
  },
  store: memoryStore(),
  callbacks: { url: 'http://127.0.0.1:9/callbacks', secrets: ['a-secret-that-only-this-test-uses-0001'] },
  statement: 'SHOP.EXAMPLE',
})
console.log('the key signs')
`

export const run = async (context) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const project = await createProject(context, {
    manifest: { type: 'module' },
    packed: ['railswitch'],
    files: { 'main.js': main, 'private.pem': privateKey, 'public.pem': publicKey },
  })
  return project.run('env', `OPENSSL_CONF=${policy}`, 'node', 'main.js')
}
