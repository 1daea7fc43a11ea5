import { createPayablDesk } from '../back-office/payabl-desk.ts'
import { createTrustlyDesk } from '../back-office/trustly-desk.ts'
import type { StartedPayabl } from '../payabl/payabl.ts'
import { createSwitches } from '../switches.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import type { Vendor } from './vendor.ts'

export const trustlyVendor = (trustly: StartedTrustly): Vendor => {
  const { hold, release, told } = trustly.delivery
  const { switches, change, setBalance } = trustly.sandbox
  return {
    desk: createTrustlyDesk(trustly),
    switches: (merchant) =>
      createSwitches({ read: () => switches(merchant), write: (changes) => change(changes, merchant) }),
    setBalance: (merchant, currency, amount) => setBalance(amount, currency, merchant),
    hold,
    release,
    told,
  }
}

export const payablVendor = (payabl: StartedPayabl): Vendor => {
  const { hold, release, told } = payabl.delivery
  const { setBalance } = payabl.sandbox
  return {
    desk: createPayablDesk(payabl),
    switches: () => payabl.switches,
    setBalance: (merchant, currency, amount) => setBalance(currency, amount, merchant),
    hold,
    release,
    told,
  }
}
