import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import { readText } from '../files.ts'
import { printResult } from '../output/print.ts'
import { counted } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

const variable = 'RAILSWITCH_CALLBACK_SECRETS'
const line = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${variable}[ \\t]*=[ \\t]*["']?)(.*)$`, 'm')

/** Writes a new secret in front of those of the file. Everything else in the file stays as it is. */
export const rotateCallbackSecret = async (
  { envFile, json }: { readonly envFile: string; readonly json: true | undefined },
  terminal: Terminal,
): Promise<void> => {
  const text = await readText(envFile, 'the environment file')
  const [, before, after] = line.exec(text) ?? []
  if (before === undefined || after === undefined)
    throw new UsageError(`${envFile} does not set ${variable}: rotate it where it is set, with the new secret first.`)
  const old = after.replace(/["']?\s*(?:#.*)?$/, '')
  const secret = randomBytes(32).toString('base64url')
  const written = text.replace(line, () => `${before}${secret}${old === '' ? '' : ','}${after}`)
  const { mode } = statSync(envFile)
  await writeFile(`${envFile}.new`, written, { mode: mode & 0o777, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `${envFile}.new cannot be written (${error.code}): remove it if an earlier run left it there.`,
      )
    },
  )
  await rename(`${envFile}.new`, envFile)
  const secrets = old.split(',').filter(Boolean).length + 1
  printResult(terminal, {
    json,
    result: { file: envFile, secrets },
    toText: () => `${envFile} has a new secret in front of ${counted(secrets - 1, 'older secret')}.
Restart every process. The new secret signs the addresses of new payments.
The older secrets still verify the addresses that they signed.
`,
  })
}
