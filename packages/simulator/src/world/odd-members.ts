import type { Random } from '../seed/random.ts'
import type { Delivered } from './delivered.ts'
import { vendorKeys } from './keys.ts'
import { signAsTrustly } from './trustly-signatures.ts'

/** A notification of Trustly whose optional members are null, empty, absent or in another form, correctly signed. Money and ids stay. */
export const withOddMembers = (delivered: Delivered, random: Random): Delivered => {
  const { method, params, ...envelope } = JSON.parse(Buffer.from(delivered.body).toString())
  const { uuid, data: given } = params
  const data = { ...given }
  for (const name of optional) {
    if (!Object.hasOwn(data, name) || isNeeded(name, { method, data }) || !random.chance(0.7)) continue
    const value = random.pick(odd)
    if (value === 'absent') delete data[name]
    else data[name] = value
  }
  const signature = signAsTrustly({ method, uuid, data }, vendorKeys().vendor)
  const body = Buffer.from(JSON.stringify({ ...envelope, method, params: { ...params, signature, data } }))
  return { ...delivered, body }
}

/** The account, and whether it has a managed mandate. */
const isNeeded = (
  name: (typeof optional)[number],
  {
    method,
    data,
  }: { readonly method: string; readonly data: { readonly attributes?: { readonly accountsource?: string } } },
): boolean =>
  method === 'account' &&
  (name === 'accountid' || (name === 'attributes' && data.attributes?.accountsource !== undefined))

const optional = ['timestamp', 'enduserid', 'attributes', 'accountid'] as const

const odd = [null, '', 'odd', 'absent'] as const
