// To make an RSA pair takes longer than most tests: the workers inherit these, and fixtures/keys of the sandbox has them.
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

const privateKey = async () => {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' })
}

export default async () => {
  process.env.TEST_RSA_KEYS = JSON.stringify(await Promise.all([privateKey(), privateKey(), privateKey()]))
}
