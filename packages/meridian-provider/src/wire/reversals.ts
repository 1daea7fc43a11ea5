/** What a payer's bank took back. `amount` in the smallest unit; `at`: null if Meridian sends no readable time. */
export interface Reversal {
  readonly id: string
  readonly amount: number
  readonly at?: string | null | undefined
}

/** The list as one text, which a report can contain: `rv_1 3000 2026-03-02T08:00:00.000Z,rv_2 500 `. */
export const writeReversals = (reversals: readonly Reversal[]): string =>
  reversals.map(({ id, amount, at }) => `${id} ${amount} ${isTime(at) ? at : ''}`).join(',')

/** Ignores what `writeReversals` does not write. */
export const readReversals = (text: string | undefined): readonly Reversal[] =>
  (text ?? '').split(',').flatMap((entry): readonly Reversal[] => {
    const [, id, amount, at] = /^(rv_[A-Za-z0-9]{1,60}) (\d{1,15}) (\S*)$/.exec(entry) ?? []
    return id === undefined ? [] : [{ id, amount: Number(amount), at: isTime(at) ? at : null }]
  })

const isTime = (text: string | null | undefined): text is string =>
  /^[\dTZ:.-]{1,40}$/.test(text ?? '') && !Number.isNaN(Date.parse(text ?? ''))
