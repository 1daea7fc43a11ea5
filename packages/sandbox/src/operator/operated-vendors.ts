import type { StartedPayabl } from '../payabl/payabl.ts'
import type { PayablStranger } from '../payabl/stranger/stranger.ts'
import type { TrustlyMerchant } from '../trustly/state/merchant.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import type { Stranger, Vendor } from './operated-vendor.ts'
import { createPayablDesk } from './payabl-view.ts'
import { createSwitches } from './switches.ts'
import { createTrustlyDesk } from './trustly-view.ts'

type JsonMembers = NonNullable<Parameters<StartedTrustly['sandbox']['notify']>[2]>

export const trustlyVendor = (trustly: StartedTrustly): Vendor => {
  const { hold, release, told } = trustly.delivery
  const { switches, change, setBalance, stranger } = trustly.sandbox
  return {
    desk: createTrustlyDesk(trustly),
    switches: (merchant) =>
      createSwitches({ read: () => switches(merchant), write: (changes) => change(changes, merchant) }),
    setBalance: (merchant, currency, amount) => setBalance(amount, currency, merchant),
    strangers: { stranger: { credentials: () => credentialsOf(stranger), imitate: (id) => stranger.imitate(id) } },
    notify: (orderId, { method, fields }) => trustly.sandbox.notify(orderId, method, fields as JsonMembers),
    hold,
    release,
    told,
  }
}

export const payablVendor = (payabl: StartedPayabl): Vendor => {
  const { hold, release, told } = payabl.delivery
  const { setBalance, stranger, otherShop } = payabl.sandbox
  const firstOf = (paymentId: string): string => {
    const all = payabl.merchantIds.flatMap((merchant) => payabl.sandbox.books(merchant).payments)
    const [first] = all.find((payment) => payment.paymentId === paymentId)?.transactions ?? []
    return first?.transactionId ?? ''
  }
  const imitator = (who: PayablStranger): Stranger => ({
    credentials: () => ({ merchantId: who.merchantId, secret: who.secret }),
    imitate: (paymentId) => who.imitate(firstOf(paymentId)),
  })
  return {
    desk: createPayablDesk(payabl),
    switches: () => payabl.switches,
    setBalance: (merchant, currency, amount) => setBalance(currency, amount, merchant),
    strangers: { stranger: imitator(stranger), 'other shop': imitator(otherShop) },
    notify: (paymentId, { fields }) => payabl.sandbox.notify(firstOf(paymentId), toTexts(fields)),
    hold,
    release,
    told,
  }
}

const credentialsOf = ({ username, password, publicKey, privateKey }: TrustlyMerchant) => ({
  username,
  password,
  publicKey,
  privateKey,
})

const toTexts = (fields: Readonly<Record<string, unknown>>): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value === undefined || typeof value === 'string') return [name, value]
      throw new Error(`${name} is not text.`)
    }),
  )
