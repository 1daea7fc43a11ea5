/** What an acknowledgement can say. */
export type Status = 'OK' | 'FAILED' | 'CONTINUE' | 'FINISH'

/** One method of section "Notifications": what it must carry, and which answers Trustly takes. */
export interface NotificationKind {
  readonly when: string
  /** Members without which it says nothing. */
  readonly needs: readonly ('amount' | 'currency' | 'accountid')[]
  readonly statuses: readonly Status[]
}

const money = ['amount', 'currency'] as const

/** @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21) */
export const notificationKinds: { readonly [method: string]: NotificationKind } = {
  pending: {
    when: 'the customer has paid; the money is not seen yet, and may never be',
    needs: money,
    statuses: ['OK'],
  },
  credit: {
    when: "increase the customer's balance: a deposit's money is secured, or a payout's came back",
    needs: money,
    statuses: ['OK'],
  },
  debit: {
    when: "decrease the customer's balance: a withdrawal was asked for, or a deposit taken back",
    needs: money,
    statuses: ['OK', 'FAILED'],
  },
  cancel: {
    when: 'the order ended without money: abandoned, timed out, never settled, denied',
    needs: [],
    statuses: ['OK'],
  },
  account: {
    when: 'the customer has chosen a bank account; Trustly enables it on request',
    needs: ['accountid'],
    statuses: ['OK'],
  },
  kyc: {
    when: 'the customer has identified, before the transfer, and waits for the answer',
    // `kycentityid` may change for the same person: Trustly advises against building on it.
    needs: [],
    statuses: ['CONTINUE', 'FINISH', 'OK'],
  },
  payoutconfirmation: {
    when: "Trustly's bank has sent it; it may still come back. Trustly enables it on request",
    needs: money,
    statuses: ['OK'],
  },
  payoutfailed: {
    when: 'it could not be sent, or came back. Trustly enables it on request',
    needs: money,
    statuses: ['OK'],
  },
}

/** Of a method that nobody documented, OK is all that can be said. */
export const statusesOf = (method: string): readonly Status[] =>
  (Object.hasOwn(notificationKinds, method) ? notificationKinds[method]?.statuses : undefined) ?? ['OK']
