import { sign as rsaSign } from 'node:crypto'
import { createRequire } from 'node:module'
import { isLeft } from '@railswitch/core/provider'
import { readConfig, type TrustlyDirectOptions } from '../config.ts'
import { isJsonObject, parseJson } from '../wire/json-text.ts'
import { readPrivateKey } from '../wire/rsa-keys.ts'
import type { Signed } from '../wire/signature.ts'

/** The program of a process of its own: what this host's OpenSSL lets an account do, as JSON on the standard output. */
interface Task {
  readonly options: TrustlyDirectOptions
  readonly message: { readonly method: string; readonly uuid: string; readonly data: { readonly [name: string]: string } }
  /** A message that Trustly signed; `data` is JSON text. */
  readonly received: { readonly method: string; readonly uuid: string; readonly data: string; readonly signature: string }
}

export interface Findings {
  readonly openssl: { readonly [hash: string]: string }
  readonly issues: readonly string[]
  readonly signatures: readonly string[]
  readonly believed: readonly boolean[]
  readonly loadedForge: boolean
}

const { options, message, received }: Task = JSON.parse(process.env.TASK ?? '')

const attempt = (hash: string): string => {
  const key = readPrivateKey(options.privateKey ?? '', options.passphrase)
  if (isLeft(key)) return key.left.code
  try {
    rsaSign(hash, Buffer.from('x'), key.right)
    return 'signs'
  } catch {
    return 'refuses'
  }
}

const read = (text: string): Signed['data'] => {
  const parsed = parseJson(text)
  return isLeft(parsed) ? null : parsed.right
}

const account = readConfig(options)
const loadedForge = Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('node-forge'))
const signatures = isLeft(account)
  ? []
  : [await account.right.signReply(message), await account.right.sign(message)].map((made) =>
      isLeft(made) ? String(made.left) : made.right,
    )
const data = read(received.data)
const changed = data !== null && isJsonObject(data) ? { ...data, amount: '9.99' } : null
const findings: Findings = {
  openssl: { sha1: attempt('RSA-SHA1'), sha256: attempt('RSA-SHA256') },
  issues: isLeft(account) ? account.left.map(({ field, rule }) => `${field} ${rule}`) : [],
  signatures,
  believed: isLeft(account)
    ? []
    : [data, changed].map((candidate) => account.right.verify({ ...received, data: candidate }, received.signature)),
  loadedForge,
}
process.stdout.write(JSON.stringify(findings))
