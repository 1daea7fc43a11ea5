export type { PayablClient, PayablParameters } from './native.ts'
export { createPayablTrustly, type PayablSurroundings, type PayablTrustly } from './payabl-trustly.ts'
export type { PayablTrustlyOptions } from './payabl-trustly-config.ts'
