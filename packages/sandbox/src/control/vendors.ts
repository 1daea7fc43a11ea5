import { createPayablDesk } from '../back-office/payabl-desk.ts'
import { createTrustlyDesk } from '../back-office/trustly-desk.ts'
import type { StartedPayabl } from '../payabl/payabl.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import type { Vendor } from './vendor.ts'

export const trustlyVendor = (trustly: StartedTrustly): Vendor => {
  const { hold, release } = trustly.delivery
  return {
    desk: createTrustlyDesk(trustly),
    switches: () => {
      throw new Error('Trustly’s twin has no switches.')
    },
    setBalance: () => {
      throw new Error('Trustly’s twin has no balance to set.')
    },
    hold,
    release,
  }
}

export const payablVendor = (payabl: StartedPayabl): Vendor => {
  const { hold, release } = payabl.delivery
  const { setBalance } = payabl.sandbox
  return {
    desk: createPayablDesk(payabl),
    switches: () => payabl.switches,
    setBalance: (merchant, currency, amount) => setBalance(currency, amount, merchant),
    hold,
    release,
  }
}
