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
    const isKept = !Object.hasOwn(data, name) || (name === 'accountid' && method === 'account') || !random.chance(0.7)
    if (isKept) continue
    const value = random.pick(odd)
    if (value === 'absent') delete data[name]
    else data[name] = value
  }
  const signature = signAsTrustly({ method, uuid, data }, vendorKeys().vendor)
  const body = Buffer.from(JSON.stringify({ ...envelope, method, params: { ...params, signature, data } }))
  return { ...delivered, body }
}

const optional = ['timestamp', 'enduserid', 'attributes', 'accountid'] as const

const odd = [null, '', 'odd', 'absent'] as const
