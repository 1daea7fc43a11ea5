import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type KeyFiles = {
  readonly publicKeyFile: string
  readonly privateKeyFile: string | null
  readonly remove: () => Promise<void>
}

type Keys = {
  readonly publicKey: string
  readonly privateKey: string | undefined
}

/** Writes PEM keys to files that only this user can read: in the folder, where they stay, or in a new one. */
export const writeKeyFiles = async ({ publicKey, privateKey }: Keys, kept: string | undefined): Promise<KeyFiles> => {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'railswitch-sandbox-')))
  if (kept !== undefined) await mkdir(kept, { recursive: true, mode: 0o700 })
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name)
    await writeFile(file, text, { mode: 0o600, flag: kept === undefined ? 'wx' : 'w' })
    return file
  }
  return {
    publicKeyFile: await write('trustly-public-key.pem', publicKey),
    privateKeyFile: privateKey === undefined ? null : await write('merchant-private-key.pem', privateKey),
    remove: async () => {
      if (kept === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
