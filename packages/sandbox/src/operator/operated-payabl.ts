import type { StartedPayabl } from '../payabl/payabl.ts'
import type { PayablStranger } from '../payabl/stranger/stranger.ts'
import type { OperatedVendor, Stranger } from './operator.ts'
import { createPayablView } from './payabl-view.ts'
import { createSwitches } from './switches.ts'

/** payabl as its operator works with it. */
export const operatedPayabl = (payabl: StartedPayabl): OperatedVendor => {
  const { hold, held, release, attempted } = payabl.deliveries
  const { change, notify, setBalance, stranger, switches, otherShop } = payabl.sandbox
  const firstTransaction = (paymentId: string): string => {
    const [first] = payabl.context.ledger.findPayment(paymentId)?.transactions ?? []
    return first?.transactionId ?? ''
  }
  const toStranger = (shop: PayablStranger): Stranger => ({
    credentials: () => ({ merchantId: shop.merchantId, secret: shop.secret }),
    imitate: (paymentId) => shop.imitate(firstTransaction(paymentId)),
  })
  return {
    view: createPayablView(payabl),
    switches: () => createSwitches({ read: switches, write: change }),
    setBalance: (merchant, currency, amount) => setBalance(currency, amount, merchant),
    strangers: { stranger: toStranger(stranger), 'other shop': toStranger(otherShop) },
    notify: (paymentId, { fields }) => notify(firstTransaction(paymentId), toTexts(fields)),
    hold,
    held,
    release,
    attempted,
  }
}

const toTexts = (fields: Readonly<Record<string, unknown>>): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value === undefined || typeof value === 'string') return [name, value]
      throw new Error(`${name} is not text.`)
    }),
  )
