import type { Capabilities } from '@railswitch/core/provider'

export const capabilities: Capabilities = {
  deposit: { yes: true },
  refund: { yes: true },
  'refund.partial': { yes: true },
  'payout.toDepositor': { yes: true },
  'payout.toAccount': { yes: true, needs: 'payouts, which Meridian enables on request' },
  withdrawal: { yes: false, why: 'Meridian has no page on which a customer asks for money' },
  account: { yes: false, why: 'Meridian has no page on which a customer chooses an account' },
  'account.mandate': { yes: false, why: 'Meridian has no mandates' },
  charge: { yes: false, why: 'Meridian collects no money without the customer' },
  kyc: { yes: false, why: 'Meridian does not report who the customer is' },
  reconciliation: {
    yes: false,
    why: 'Meridian repeats callbacks until they are acknowledged, and has no lists of a day',
  },
  mandate: { yes: false, why: 'Meridian has no mandates' },
  'mandate.import': { yes: false, why: 'Meridian has no mandates' },
}
