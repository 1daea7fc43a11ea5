import type { ErrorCode } from '@railswitch/core/provider'

/** What Meridian's error codes mean. Any other code is a `vendor_error`. */
export const errorCodes: Readonly<Record<string, { readonly code: ErrorCode; readonly hint: string }>> = {
  invalid_request: { code: 'rejected', hint: 'Meridian does not accept a member of the request: report it.' },
  unauthenticated: {
    code: 'misconfigured',
    hint: 'Check the clock of this machine: Meridian accepts a difference of five minutes.',
  },
  account_suspended: { code: 'misconfigured', hint: 'Ask Meridian why it suspended the account.' },
  not_enabled: { code: 'misconfigured', hint: 'Ask Meridian to enable this for the account.' },
  not_found: { code: 'rejected', hint: 'Check that the payment was made with this account.' },
  customer_blocked: { code: 'declined', hint: 'Offer the customer another way to pay.' },
  insufficient_funds: { code: 'declined', hint: 'Put money into the account, then use a new attempt.' },
  not_refundable: {
    code: 'declined',
    hint: 'Compare the refunds of this payment with those in the back office of Meridian.',
  },
  account_refused: { code: 'declined', hint: 'Ask the customer for another account.' },
  too_many_requests: { code: 'vendor_error', hint: 'Send fewer requests at once.' },
}

/** An order of ours with this reference exists already, and it is another one than this call expects. */
export const existsAlready: ReadonlySet<string> = new Set(['reference_taken', 'idempotency_mismatch'])
