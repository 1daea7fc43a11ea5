import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type KeyFiles = {
  readonly publicKeyFile: string
  readonly privateKeyFile: string | null
  readonly remove: () => Promise<void>
}

/** Writes PEM keys to a new folder that only this user can read. */
export const writeKeyFiles = async (publicKey: string, privateKey: string | undefined): Promise<KeyFiles> => {
  const folder = await mkdtemp(join(tmpdir(), 'railswitch-sandbox-'))
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name)
    await writeFile(file, text, { mode: 0o600, flag: 'wx' })
    return file
  }
  return {
    publicKeyFile: await write('trustly-public-key.pem', publicKey),
    privateKeyFile: privateKey === undefined ? null : await write('merchant-private-key.pem', privateKey),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
