/** payabl tells of a payout that the bank returned "up to several days later": ten banking days, in milliseconds. */
export const payoutFailureMs = 14 * 86_400_000
