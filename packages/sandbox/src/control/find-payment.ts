import type { Vendor } from '../operator/operated-vendor.ts'
import type { DeskPayment } from '../operator/operator-view.ts'
import { ControlProblem } from './control-request.ts'

/** One payment by any of its ids; its own comes before what another calls it. */
export const findPayment = ({ desk }: Vendor, id: string): DeskPayment => {
  const payments = desk.payments()
  const payment = payments.find((one) => one.id === id) ?? payments.find(({ names }) => names.includes(id))
  if (!payment) throw new ControlProblem(404, `There is no payment ${id}.`)
  return payment
}
