import type { Office } from '../operator/operator.ts'
import { leap } from './clock-part.ts'

/** Does what a form of the back office asks for. Throws a sentence on what cannot be done. */
export const perform = async ({ vendors, clock, chaos }: Office, fields: URLSearchParams): Promise<unknown> => {
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  if (field('do') === 'move') return leap(clock, field('by'))
  if (field('do') === 'hold-all') return vendors.map(({ hold }) => hold())
  if (field('do') === 'release-all') return vendors.map(({ release }) => release())
  if (field('do') === 'end-chaos') return chaos.set({ rules: [] })
  const vendor = vendors.find(({ desk }) => desk.id === field('vendor'))
  if (!vendor) throw new Error('There is no such vendor.')
  switch (field('do')) {
    case 'act':
      return vendor.desk.act(field('payment'), field('action'), field('amount') || undefined)
    case 'redeliver':
      return vendor.desk.redeliver(field('notification'))
    case 'hold':
      return vendor.hold(field('payment'))
    case 'release':
      return vendor.release(field('payment'))
    case 'set-balance':
      return vendor.setBalance(field('merchant'), toCurrency(field('currency')), field('amount'))
    default:
      throw new Error('There is no such thing to do.')
  }
}

const toCurrency = (text: string): string => {
  const currency = text.toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('Say the currency with three letters, such as EUR.')
  return currency
}
