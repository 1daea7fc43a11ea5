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
    hold,
    release,
  }
}

export const payablVendor = (payabl: StartedPayabl): Vendor => {
  const { hold, release } = payabl.delivery
  return {
    desk: createPayablDesk(payabl),
    switches: () => payabl.switches,
    hold,
    release,
  }
}
