export type { DepositData, NativeCall, RefundData, TrustlyClient } from './native.ts'
export { createTrustlyDirect, type TrustlyDirect, type TrustlySurroundings } from './trustly-direct.ts'
export type { TrustlyDirectOptions } from './trustly-direct-config.ts'
export { trustlyPublicKeys } from './wire/published-keys.ts'
