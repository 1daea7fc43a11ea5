import type { Random } from '../seed/random.ts'
import type { Delivered } from './delivered.ts'
import { vendorKeys } from './keys.ts'
import { signAsTrustly } from './trustly-signatures.ts'

/** A notification of Trustly whose optional members are null, empty, absent or in another form, correctly signed. Money and ids stay. */
export const withOddMembers = (delivered: Delivered, random: Random): Delivered => {
  const { method, params, ...envelope } = JSON.parse(Buffer.from(delivered.body).toString())
  const { uuid, data: given } = params
  const data = { ...given }
  for (const name of optional)
    if (Object.hasOwn(data, name) && random.chance(0.7) && !(name === 'accountid' && method === 'account'))
      data[name] = random.pick(odd)
  const signature = signAsTrustly({ method, uuid, data }, vendorKeys().vendor)
  const body = Buffer.from(JSON.stringify({ ...envelope, method, params: { ...params, signature, data } }))
  return { ...delivered, body }
}

const optional = ['timestamp', 'enduserid', 'attributes', 'accountid'] as const

const odd = [null, '', 'odd', undefined] as const
