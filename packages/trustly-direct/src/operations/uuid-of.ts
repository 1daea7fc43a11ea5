import { type Intent, paymentRef } from '@railswitch/core'
import { deriveUuid } from '../wire/uuid.ts'

/** Derived, not drawn: after a crash the same intent makes the same request to the byte, which Trustly does not repeat. */
export const uuidOf = (intent: Intent): string => deriveUuid(paymentRef(intent))
