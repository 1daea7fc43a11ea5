/** What chaos can make happen at a vendor. Subjects are those of its letters. */
export type World = {
  /** What an answer is about. */
  readonly subjectOf: (answer: string) => string | undefined
  /** These throw on what the subject's state does not allow. */
  readonly pay: (subject: string) => unknown
  readonly takeBack: (subject: string) => unknown
  readonly failPayout: (subject: string) => unknown
  readonly told: (subject: string) => Promise<unknown>
  /** The callback that a stranger's same order brings; undefined where the callback is the stranger's own. */
  readonly strangersCallback: (callback: string) => string | undefined
}

/** What the payment's state does not allow does not happen. */
export const ifPossible = (happen: () => unknown): void => {
  try {
    happen()
  } catch {}
}
