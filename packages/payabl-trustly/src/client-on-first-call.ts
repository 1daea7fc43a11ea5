import type { OnFirstCall } from '@railswitch/core/provider'
import type { PayablClient } from './client/client.ts'
import type { VendorCalls } from './vendor-calls.ts'

/** The typed client, whose calls load with the first of them. */
export const clientOnFirstCall = ({ task, iterable }: OnFirstCall<VendorCalls>): PayablClient => ({
  call: task(({ native }) => native.call),
  preauthorize: task(({ native }) => native.preauthorize),
  cft: task(({ native }) => native.cft),
  refund: task(({ native }) => native.refund),
  capture: task(({ native }) => native.capture),
  reversal: task(({ native }) => native.reversal),
  diagnose: task(({ native }) => native.diagnose),
  list: iterable(({ native }) => native.list),
  sendNotification: task(({ native }) => native.sendNotification),
})
