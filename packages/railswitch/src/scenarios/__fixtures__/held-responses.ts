import { isLeft, type Transport } from '@railswitch/core'

/** Carries requests to a vendor, and holds its response back where it is reported to. */
export interface HoldingTransport {
  readonly transport: Transport
  /** How many requests have reached the vendor. */
  readonly count: () => number
  /** Holds back the next response. */
  readonly holdNext: () => Held
}

export interface Held {
  /** Resolves when the vendor has carried out the request. */
  readonly reached: Promise<'reached'>
  readonly release: () => void
}

export const holdResponses = (transport: Transport): HoldingTransport => {
  let count = 0
  let next: { readonly reach: () => void; readonly released: Promise<void> } | null = null
  return {
    transport: (request) => async () => {
      const answer = await transport(request)()
      count += 1
      const held = next
      next = null
      if (held && !isLeft(answer)) {
        held.reach()
        await held.released
      }
      return answer
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
