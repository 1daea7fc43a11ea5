import { createHash, createPublicKey, generateKeyPair } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UsageError } from '../errors.ts'

interface WrittenPair {
  readonly privateKeyFile: string
  readonly publicKeyFile: string
  readonly fingerprint: string
}

/** Generates a pair and writes it to `<prefix>private.pem` and `<prefix>public.pem`. Overwrites nothing. */
export const writeKeyPair = async (folder: string, prefix: string, bits: number): Promise<WrittenPair> => {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const privateKeyFile = join(folder, `${prefix}private.pem`)
  const publicKeyFile = join(folder, `${prefix}public.pem`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeNew(privateKeyFile, privateKey, 0o600)
  await writeNew(publicKeyFile, publicKey, 0o644).catch(async (error) => {
    await rm(privateKeyFile)
    throw error
  })
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
  return { privateKeyFile, publicKeyFile, fingerprint: createHash('sha256').update(der).digest('hex') }
}

const writeNew = (file: string, text: string, mode: number): Promise<void> =>
  writeFile(file, text, { mode, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new UsageError(`${file} exists, and is not overwritten: choose another folder.`)
    throw new UsageError(`${file} cannot be written (${error.code}).`)
  })
