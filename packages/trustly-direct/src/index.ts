export type { ReadingMethod, TrustlyAnswer, TrustlyData, TrustlyMethod } from './descriptions/methods.ts'
export type { NativeCall, ReadingCall, TrustlyClient } from './native.ts'
export { createTrustlyDirect, type TrustlyDirect, type TrustlySurroundings } from './trustly-direct.ts'
export type { TrustlyDirectOptions } from './trustly-direct-config.ts'
