import { createPublicKey } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import type { PayablMerchantAccount, TrustlyMerchantAccount } from '@railswitch/sandbox'
import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { readJson, readText } from '../files.ts'

export type Merchants = {
  readonly trustly: readonly TrustlyMerchantAccount[]
  readonly payabl: readonly PayablMerchantAccount[]
}

const text = z.string().min(1)

const shape = z.strictObject({
  trustly: z.array(z.strictObject({ username: text, password: text, publicKey: z.exactOptional(text) })).default([]),
  payabl: z
    .array(
      z.strictObject({
        merchantId: text,
        secret: text,
        name: z.exactOptional(text),
        notificationUrl: z.exactOptional(z.url({ protocol: /^https?$/ })),
        currencies: z.exactOptional(z.array(z.string().regex(/^[A-Z]{3}$/))),
        balance: z.exactOptional(z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d+\.\d\d$/))),
        payoutsToNewAccounts: z.exactOptional(z.boolean()),
      }),
    )
    .default([]),
})

/** Reads accounts from a JSON file. Every mistake is a UsageError that contains its path in the file, never the value. */
export const readMerchants = async (file: string): Promise<Merchants> => {
  const parsed = shape.safeParse(await readJson(file, 'the merchants file'))
  if (!parsed.success) throw new UsageError(`${file}: ${parsed.error.issues.map(describe).join('; ')}`)
  const { trustly, payabl } = parsed.data
  return { trustly: await Promise.all(trustly.map((account) => withKey(account, file))), payabl }
}

const withKey = async (account: z.output<typeof shape>['trustly'][number], file: string) => {
  const { username, publicKey } = account
  // Without a key, the vendor responds to every call with 639. A test may need that.
  if (publicKey === undefined) return account
  const isPem = publicKey.includes('-----BEGIN')
  const pem = isPem ? publicKey : await readText(resolve(dirname(file), publicKey), `the public key of ${username}`)
  if (pem.includes('PRIVATE KEY'))
    throw new UsageError(`${file}: ${username} has a private key; the vendor needs the public key`)
  if (!isRsa(pem)) throw new UsageError(`${file}: the public key of ${username} is not an RSA key in PEM`)
  return { ...account, publicKey: pem }
}

const isRsa = (pem: string): boolean => {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

const describe = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${path.map(String).join('.') || 'the file'}: ${message}`
