/**
 * The rail that is active if none is named: the only one. With several, empty, which `createPayments` refuses: a variable that was lost
 * must not decide where money goes.
 */
export const defaultActiveRail = (rails: readonly string[]): string => (rails.length === 1 ? (rails[0] ?? '') : '')
