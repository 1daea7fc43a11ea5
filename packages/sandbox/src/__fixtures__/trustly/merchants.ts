import { type Sandbox, type SandboxOptions, startSandbox, type TrustlyMerchantAccount } from '../../index.ts'
import { createMerchant } from '../../trustly/state/merchant.ts'
import { keys } from '../keys.ts'
import { startShop } from './shop.ts'

interface Setting extends SandboxOptions {
  /** The initial state of every merchant. */
  readonly each?: Pick<TrustlyMerchantAccount, 'balance' | 'switches'>
}

const most = 100

/** A sandbox with many merchants, one for each test, and one shop that all of them use. They share a key. */
export const startMerchants = async ({ each = {}, ...options }: Setting = {}) => {
  const owner = await createMerchant(keys.merchant)
  const merchants = Array.from({ length: most }, (_, index) => ({ ...owner, ...each, username: `merchant_${index}` }))
  const sandbox = await startSandbox({ ...options, trustly: { keys, redeliverAfterMs: [], ...options.trustly, merchants } })
  const shop = await startShop(owner.privateKey)
  let taken = 0
  return {
    shop,
    /** The sandbox for the next merchant, once all notifications of the previous one were sent. */
    next: async (): Promise<Sandbox> => {
      await sandbox.trustly.idle()
      const merchant = merchants[taken]
      if (!merchant) throw new Error(`there are no more than ${most} merchants`)
      taken += 1
      shop.received.length = 0
      shop.answers.length = 0
      return { ...sandbox, trustly: { ...sandbox.trustly, ...viewOf(sandbox, merchant.username), merchant } }
    },
    close: async () => {
      await sandbox.close()
      await shop.close()
    },
  }
}


const viewOf = ({ trustly }: Sandbox, own: string) => ({
  books: (username = own) => trustly.books(username),
  fund: (amount: string, currency: string, username = own) => trustly.fund(amount, currency, username),
  settle: (amount: string, currency: string, username = own) => trustly.settle(amount, currency, username),
  change: (switches: Parameters<typeof trustly.change>[0], username = own) => trustly.change(switches, username),
  switches: (username = own) => trustly.switches(username),
})
