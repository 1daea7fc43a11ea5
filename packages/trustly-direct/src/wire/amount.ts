import type { Money } from '@railswitch/core/provider'

/** Trustly takes HUF without decimals, although ISO 4217 gives it two, and every other currency with exactly two. */
export const hasDecimals = (currency: string): boolean => currency !== 'HUF'

/** An amount as Trustly takes it: `2500` for `2500.00 HUF`. An amount with fillér stays as it is, and the method's rules refuse it. */
export const toAmount = ({ value, currency }: Money): string =>
  hasDecimals(currency) ? value : value.replace(/\.00$/, '')
