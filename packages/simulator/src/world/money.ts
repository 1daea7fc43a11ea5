/** `249.90` as 24990. */
export const toMinor = (amount: string): number => Math.round(Number(amount) * 100)

/** 24990 as `249.90`. */
export const toText = (minor: number): string => (minor / 100).toFixed(2)
