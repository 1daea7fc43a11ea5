import type { Operator } from '../operator/operator.ts'
import { accountEndpoints } from './account-endpoints.ts'
import { callbackEndpoints } from './callback-endpoints.ts'
import { chaosEndpoints } from './chaos-endpoints.ts'
import { clockEndpoints } from './clock-endpoints.ts'
import type { Endpoint } from './endpoint.ts'
import { paymentEndpoints } from './payment-endpoints.ts'
import { strangerEndpoints } from './stranger-endpoints.ts'

/** All operations of the control API. */
export const createEndpoints = ({ vendors, clock, chaos }: Operator): readonly Endpoint[] => [
  ...clockEndpoints(clock, vendors),
  ...paymentEndpoints(vendors),
  ...strangerEndpoints(vendors),
  ...callbackEndpoints(vendors),
  ...accountEndpoints(vendors),
  ...chaosEndpoints(chaos),
]
