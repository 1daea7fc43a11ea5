declare const exact: unique symbol

/**
 * A signed exact number as canonical text: no exponent, no `+`, no insignificant zeros, `0` and never `-0`. Reports have up to 20
 * decimals (`-3.01`, `0.00000000000000000001`), which neither Money nor a float can hold.
 */
export type Decimal = string & {
  readonly [exact]: 'Decimal'
}

/** Null for anything but plain decimal text with at most 20 digits on either side of the point. */
export const readDecimal = (text: string): Decimal | null => {
  const [, sign, whole = '', decimals = ''] = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text) ?? []
  if (sign === undefined) return null
  const short = decimals.replace(/0+$/, '')
  const plain = `${whole.replace(/^0+(?=\d)/, '')}${short && `.${short}`}`
  return (plain === '0' ? plain : sign + plain) as Decimal
}
