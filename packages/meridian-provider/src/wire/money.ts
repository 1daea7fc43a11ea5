import { fromMinorUnits, type Money, readVendorMoney, toMinorUnits } from '@railswitch/core/provider'

/** Meridian refuses more. Every smaller amount is an exact number. */
export const largestAmount = 99_999_999_999n

/** For money up to `largestAmount`. */
export const toAmount = (money: Money) => ({ amount: Number(toMinorUnits(money)), currency: money.currency })

/** For a currency that `isCurrency` and an amount that the schema accepts. */
export const toMoney = (amount: number, currency: string): Money => fromMinorUnits(BigInt(amount), currency)

export const isCurrency = (currency: string): boolean => readVendorMoney('0', currency) !== null
