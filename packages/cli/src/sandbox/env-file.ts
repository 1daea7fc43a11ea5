import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import type { StartedSandbox } from './announce.ts'

export type Variables = Readonly<Record<string, string>>

/** What the application decides: a value that the file already has stays. */
const ofTheShop = (): Variables => ({
  RAILSWITCH_RAILS: 'trustly,payabl',
  RAILSWITCH_ACTIVE: 'trustly',
  RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:3000/callbacks',
  RAILSWITCH_CALLBACK_SECRETS: randomBytes(32).toString('base64url'),
  RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
})

/** The accounts of this run of the sandbox. */
const ofTheSandbox = ({ trustly, payabl }: StartedSandbox): Variables => ({
  RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
  RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
  RAILSWITCH_TRUSTLY_URL: trustly.url,
  RAILSWITCH_TRUSTLY_PUBLIC_KEY_FILE: trustly.publicKeyFile,
  RAILSWITCH_TRUSTLY_USERNAME: trustly.username,
  RAILSWITCH_TRUSTLY_PASSWORD: trustly.password,
  ...(trustly.privateKeyFile !== null && { RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE: trustly.privateKeyFile }),
  RAILSWITCH_PAYABL_USE: 'payabl-trustly',
  RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
  RAILSWITCH_PAYABL_URL: payabl.url,
  RAILSWITCH_PAYABL_MERCHANT_ID: payabl.merchantId,
  RAILSWITCH_PAYABL_SECRET: payabl.secret,
})

const line = /^\s*(?:export\s+)?(RAILSWITCH_\w+)\s*=\s*(.*)$/

/** Refuses a file with accounts at a vendor: their credentials would be replaced. */
export const checkEnvFile = (file: string): void => {
  const foreign = linesOf(file).find((text) => {
    const [, name = '', value = ''] = line.exec(text) ?? []
    return name.endsWith('_ENVIRONMENT') && !/^["']?local["']?\s*(?:#.*)?$/.test(value)
  })
  if (foreign === undefined) return
  throw new UsageError(
    `${file} configures a rail that is not in a sandbox; write to another file: --write-env .env.sandbox`,
  )
}

/** Writes the variables of an application on both rails of the sandbox. Everything else in the file stays as it is. */
export const writeEnvFile = (file: string, started: StartedSandbox, callbackUrl?: string): void => {
  const replaced: Variables = {
    ...ofTheSandbox(started),
    ...(callbackUrl !== undefined && { RAILSWITCH_CALLBACK_URL: callbackUrl }),
  }
  const existing = linesOf(file)
  const present = new Set(existing.map((text) => line.exec(text)?.[1]))
  const kept = existing.map((text) => {
    const name = line.exec(text)?.[1]
    return name !== undefined && name in replaced ? `${name}=${quoted(replaced[name] ?? '')}` : text
  })
  const added = Object.entries({ ...ofTheShop(), ...replaced })
    .filter(([name]) => !present.has(name))
    .map(([name, value]) => `${name}=${quoted(value)}`)
  writeFileSync(file, `${[...kept, ...added].join('\n')}\n`, { mode: 0o600 })
}

const linesOf = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
    : []

/** Without quotes, `#` and white space end a value. Readers of `.env` files do not change text in single quotes. */
const quoted = (value: string): string => {
  if (/^[\w./:,@%+=-]*$/.test(value)) return value
  return value.includes("'") ? `"${value}"` : `'${value}'`
}
