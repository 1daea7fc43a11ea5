import { generateKeyPairSync } from 'node:crypto'

const privateKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** Keys for all sandboxes of a test file: two pairs for each test take longer than the tests. */
export const keys = { vendor: privateKey(), merchant: privateKey() }
