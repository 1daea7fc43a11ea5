import type { OperatedVendor } from '../operator/operator.ts'
import type { PaymentView } from '../operator/operator-view.ts'
import { ControlProblem, type ControlRequest } from './control-request.ts'

/** One operation of the control API. `path` is below the API's own; `:name` is a variable part. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** The description in the API's listing. */
  readonly does: string
  readonly answer: (request: ControlRequest) => unknown
}

export const vendorOf = (vendors: readonly OperatedVendor[], id: string): OperatedVendor => {
  const vendor = vendors.find(({ view }) => view.id === id)
  if (!vendor) throw new ControlProblem(404, `There is no vendor ${id}.`)
  return vendor
}

/** One payment by any of its ids. The payment's own id takes precedence. */
export const findPayment = ({ view }: OperatedVendor, id: string): PaymentView => {
  const payment = view.payment(id)
  if (!payment) throw new ControlProblem(404, `There is no payment ${id}.`)
  return payment
}
