/** The status of an acknowledgement. */
export type Status = 'OK' | 'FAILED' | 'CONTINUE' | 'FINISH'

/** One method of a notification: what it must carry, and which statuses Trustly accepts as an answer. */
export interface NotificationKind {
  readonly when: string
  /** Members that it must have, in addition to its ids. */
  readonly needs: readonly ('amount' | 'currency' | 'accountid')[]
  readonly statuses: readonly Status[]
}

const money = ['amount', 'currency'] as const

/** @see https://docs.trustly.com/api/notifications-overview (read 2026-11-21) */
export const notificationKinds: { readonly [method: string]: NotificationKind } = {
  pending: {
    when: 'the customer has paid; the money has not arrived yet and may never arrive',
    needs: money,
    statuses: ['OK'],
  },
  credit: {
    when: "increase the customer's balance: the money of a deposit is secured, or the money of a payout came back",
    needs: money,
    statuses: ['OK'],
  },
  debit: {
    when: "decrease the customer's balance: a withdrawal was requested, or a deposit was reversed",
    needs: money,
    statuses: ['OK', 'FAILED'],
  },
  cancel: {
    when: 'the order ended without money: it was abandoned, timed out, was never credited, or was denied',
    needs: [],
    statuses: ['OK'],
  },
  account: {
    when: 'the customer has chosen a bank account; Trustly enables it on request',
    needs: ['accountid'],
    statuses: ['OK'],
  },
  kyc: {
    when: 'the customer was identified before the transfer and waits for the answer',
    // `kycentityid` may change for the same person: Trustly advises against building on it.
    needs: [],
    statuses: ['CONTINUE', 'FINISH', 'OK'],
  },
  payoutconfirmation: {
    when: "Trustly's bank has sent the money; it may still come back. Trustly enables it on request",
    needs: money,
    statuses: ['OK'],
  },
  payoutfailed: {
    when: 'the money could not be sent, or came back. Trustly enables it on request',
    needs: money,
    statuses: ['OK'],
  },
}

/** An undocumented method can only be acknowledged with OK. */
export const statusesOf = (method: string): readonly Status[] =>
  (Object.hasOwn(notificationKinds, method) ? notificationKinds[method]?.statuses : undefined) ?? ['OK']
