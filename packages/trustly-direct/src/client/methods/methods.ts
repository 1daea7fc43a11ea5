import { charges } from './charges.ts'
import { checkouts } from './checkouts.ts'
import { directDebits } from './direct-debits.ts'
import type { DataOf, Description, ResponseOf } from './method-schema.ts'
import { payouts } from './payouts.ts'
import { reports } from './statements.ts'
import { swish } from './swish.ts'

/** Every documented method of Trustly's API, without the escrow methods of former years. */
export const methods = { ...checkouts, ...payouts, ...charges, ...directDebits, ...reports, ...swish }

type Methods = typeof methods
/** By its name on the wire. */
export type TrustlyMethod = keyof Methods
/** `Data` of a method in Trustly's spelling, without Username and Password: `TrustlyData<'Deposit'>`. */
export type TrustlyData<M extends TrustlyMethod> = DataOf<Methods[M]>
/** `data` of a method's response: `TrustlyResponse<'Deposit'>`. */
export type TrustlyResponse<M extends TrustlyMethod> = ResponseOf<Methods[M]>
/** Methods that change nothing. */
export type ReadOnlyMethod = { [M in TrustlyMethod]: Methods[M] extends { readOnly: true } ? M : never }[TrustlyMethod]

export const descriptionOf = (method: TrustlyMethod): Description => methods[method]
