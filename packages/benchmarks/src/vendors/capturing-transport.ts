import type { Transport } from '@railswitch/core/provider'

/** A transport that never responds, as if the network began here. `sent` resolves with the body once `call` has sent it. */
export const capturingTransport = () => {
  let captured: (body: Uint8Array) => void = () => {}
  const transport: Transport =
    ({ body }) =>
    () => {
      // A real request leaves in a later turn of the event loop.
      setImmediate(captured, body)
      return new Promise(() => {})
    }
  const sent = (call: () => void): Promise<Uint8Array> =>
    new Promise((resolve) => {
      captured = resolve
      call()
    })
  return { transport, sent }
}
