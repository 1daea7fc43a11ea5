import type { TrustlyMerchant } from '../trustly/state/merchant.ts'
import type { StartedTrustly } from '../trustly/trustly.ts'
import type { OperatedVendor } from './operator.ts'
import { createSwitches } from './switches.ts'
import { createTrustlyView } from './trustly-view.ts'

type JsonMembers = NonNullable<Parameters<StartedTrustly['sandbox']['notify']>[2]>

/** Trustly as its operator works with it. */
export const operatedTrustly = (trustly: StartedTrustly): OperatedVendor => {
  const { hold, held, release, attempted } = trustly.deliveries
  const { switches, change, setBalance, stranger } = trustly.sandbox
  return {
    view: createTrustlyView(trustly),
    switches: (merchant) =>
      createSwitches({ read: () => switches(merchant), write: (changes) => change(changes, merchant) }),
    setBalance: (merchant, currency, amount) => setBalance(amount, currency, merchant),
    strangers: { stranger: { credentials: () => credentialsOf(stranger), imitate: (id) => stranger.imitate(id) } },
    notify: (orderId, { method, fields }) => trustly.sandbox.notify(orderId, method, fields as JsonMembers),
    hold,
    held,
    release,
    attempted,
  }
}

const credentialsOf = ({ username, password, publicKey, privateKey }: TrustlyMerchant) => ({
  username,
  password,
  publicKey,
  privateKey,
})
