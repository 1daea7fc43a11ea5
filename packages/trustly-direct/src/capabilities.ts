import type { Capabilities } from '@railswitch/core/provider'

/** What Trustly can do, and what Trustly must enable for it. @see https://docs.trustly.com/api (read 2026-11-21) */
export const capabilities = (): Capabilities => ({
  deposit: { yes: true },
  refund: { yes: true },
  'refund.partial': { yes: true },
  'payout.toDepositor': { yes: true, needs: '`account` notifications, which Trustly enables on request' },
  'payout.toAccount': { yes: true },
  withdrawal: { yes: true, needs: 'Withdraw, which Trustly no longer offers to new merchants' },
  account: { yes: true, needs: '`account` notifications, which Trustly enables on request' },
  'account.mandate': { yes: true, needs: 'direct debit, which Trustly enables on request' },
  charge: {
    yes: true,
    needs:
      'direct debit, which Trustly enables on request; for an account or a deposit, Charge, which it no longer offers to new merchants',
  },
  kyc: { yes: true, needs: 'Pay N Play (SE FI EE NL), and `RequestKYC` on the deposit' },
  reconciliation: { yes: false, why: 'not needed: Trustly repeats each notification until it is acknowledged' },
  mandate: { yes: true, needs: 'managed direct debit, which Trustly enables on request' },
  'mandate.import': { yes: true, needs: 'the import of mandates, which Trustly enables on request' },
})
