import type { Chaos } from '../chaos/chaos.ts'
import type { Vendor } from '../operator/operated-vendor.ts'
import type { Clock } from '../platform/clock.ts'
import { accountEndpoints } from './account-endpoints.ts'
import { callbackEndpoints } from './callback-endpoints.ts'
import { chaosEndpoints } from './chaos-endpoints.ts'
import { clockEndpoints } from './clock-endpoints.ts'
import type { Endpoint } from './endpoint.ts'
import { paymentEndpoints } from './payment-endpoints.ts'
import { strangerEndpoints } from './stranger-endpoints.ts'

type Setting = { readonly vendors: readonly Vendor[]; readonly clock: Clock; readonly chaos: Chaos }

/** Everything that an operator can do, for programs. */
export const createEndpoints = ({ vendors, clock, chaos }: Setting): readonly Endpoint[] => [
  ...clockEndpoints(clock, vendors),
  ...paymentEndpoints(vendors),
  ...strangerEndpoints(vendors),
  ...callbackEndpoints(vendors),
  ...accountEndpoints(vendors),
  ...chaosEndpoints(chaos),
]
