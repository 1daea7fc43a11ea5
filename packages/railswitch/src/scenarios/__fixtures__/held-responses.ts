import { isLeft, type Transport } from '@railswitch/core'

/** A transport that can delay a vendor's response. */
export interface HoldingTransport {
  readonly transport: Transport
  /** The number of requests that reached the vendor. */
  readonly count: () => number
  /** Delays the next response. */
  readonly holdNext: () => Held
}

export interface Held {
  /** Resolves when the vendor has executed the request. */
  readonly reached: Promise<'reached'>
  readonly release: () => void
}

export const holdResponses = (transport: Transport): HoldingTransport => {
  let count = 0
  let next: { readonly reach: () => void; readonly released: Promise<void> } | null = null
  return {
    transport: (request) => async () => {
      const response = await transport(request)()
      count += 1
      const held = next
      next = null
      if (held && !isLeft(response)) {
        held.reach()
        await held.released
      }
      return response
    },
    count: () => count,
    holdNext: () => {
      let reach = () => {}
      let open = () => {}
      const reached = new Promise<'reached'>((resolve) => {
        reach = () => resolve('reached')
      })
      const held = {
        reach,
        released: new Promise<void>((resolve) => {
          open = resolve
        }),
      }
      next = held
      return {
        reached,
        release: () => {
          if (next === held) next = null
          open()
        },
      }
    },
  }
}
