import type { Vendor } from '../operator/operated-vendor.ts'
import { type Asked, ControlProblem } from './control-request.ts'

/** One thing that the control API does. `path` is below the API's own; `:name` is a part that varies. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** For whoever asks what there is. */
  readonly does: string
  readonly answer: (asked: Asked) => unknown
}

export const vendorOf = (vendors: readonly Vendor[], id: string): Vendor => {
  const vendor = vendors.find(({ desk }) => desk.id === id)
  if (!vendor) throw new ControlProblem(404, `There is no vendor ${id}.`)
  return vendor
}
