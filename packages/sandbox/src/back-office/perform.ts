import type { Operator } from '../operator/operator.ts'
import { moveClock } from './clock-menu.ts'

/** Performs the action of a submitted form. Throws if it is not possible. */
export const perform = async ({ vendors, clock, chaos }: Operator, fields: URLSearchParams): Promise<unknown> => {
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  if (field('do') === 'move') return moveClock(clock, field('by'))
  if (field('do') === 'move-to-next') return clock.moveToNext()
  if (field('do') === 'reset-clock') return clock.reset()
  if (field('do') === 'hold-all') return vendors.map(({ hold }) => hold())
  if (field('do') === 'release-all') return vendors.map(({ release }) => release())
  if (field('do') === 'end-chaos') return chaos.set({ rules: [] })
  const vendor = vendors.find(({ view }) => view.id === field('vendor'))
  if (!vendor) throw new Error('There is no such vendor.')
  switch (field('do')) {
    case 'act':
      return vendor.view.act(field('payment'), field('action'), field('amount') || undefined)
    case 'redeliver':
      return vendor.view.redeliver(field('notification'))
    case 'hold':
      return vendor.hold(field('payment'))
    case 'release':
      return vendor.release(field('payment'))
    case 'set-balance':
      return vendor.setBalance(field('merchant'), toCurrency(field('currency')), field('amount'))
    default:
      throw new Error('There is no such action.')
  }
}

const toCurrency = (text: string): string => {
  const currency = text.toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('Enter the currency as three letters, such as EUR.')
  return currency
}
