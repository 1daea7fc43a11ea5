/** What chaos can do to a vendor's payments. Subjects are those of its deliveries. */
export interface ChaosTarget {
  /** The payment that a response is about. */
  readonly subjectOf: (response: string) => string | undefined
  /** The customer pays. Throws, like the next two, if the subject's state does not allow it. */
  readonly pay: (subject: string) => unknown
  /** The bank takes credited money back. */
  readonly chargeBack: (subject: string) => unknown
  readonly failPayout: (subject: string) => unknown
  /** Resolves when each callback of the subject so far had its first attempt. */
  readonly attempted: (subject: string) => Promise<unknown>
  /** The callback of a stranger's copy of the order; undefined where the callback is the stranger's own. */
  readonly strangerCallback: (callback: string) => string | undefined
}

/** Does nothing if the payment's state does not allow it. */
export const ifPossible = (change: () => unknown): void => {
  try {
    change()
  } catch {}
}
