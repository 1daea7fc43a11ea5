import type { Transport, WireRequest, WireResponse } from '@railswitch/core/provider'

/** What happens to one request. */
export type WireFault =
  /** No connection: nothing was sent. */
  | 'refused'
  /** It was sent and never arrived. */
  | 'request lost'
  /** The vendor executed it, and no response came back. */
  | 'response lost'
  /** The vendor executed it, and this came back instead of its response. */
  | { readonly instead: Pick<WireResponse, 'status' | 'contentType'> & { readonly body: string } }
  /** The vendor executed it, and only a part of its response came back. */
  | 'response cut'
  /** Nothing happens until the request's signal is aborted. */
  | 'hangs'
  /** The transport of the application throws. */
  | 'throws'

/** The network between the provider and the vendor. */
export interface Wire {
  readonly transport: Transport
  /** Every request that the provider sent, oldest first. */
  readonly requests: readonly WireRequest[]
  /** What happens to the next requests, and to all further ones if `times` is not given. */
  readonly strike: (fault: WireFault, times?: number) => void
  /** Ends what `strike` began. */
  readonly repair: () => void
  /** Runs before the response of the next request is returned. */
  readonly beforeNextResponse: (run: () => Promise<void>) => void
  /** Resolves when no request is in flight, except those that hang. */
  readonly settled: () => Promise<void>
}

export const createWire = (vendor: Transport): Wire => {
  const requests: WireRequest[] = []
  const faults: WireFault[] = []
  const inFlight = new Set<Promise<unknown>>()
  let lasting: WireFault | null = null
  let beforeResponse: (() => Promise<void>) | null = null

  const execute = async (request: WireRequest): ReturnType<ReturnType<Transport>> => {
    const response = await vendor(request)()
    const run = beforeResponse
    beforeResponse = null
    await run?.()
    return response
  }

  const exchange = async (request: WireRequest): ReturnType<ReturnType<Transport>> => {
    requests.push({ ...request, body: Uint8Array.from(request.body) })
    const fault = faults.shift() ?? lasting
    if (fault === null) return execute(request)
    if (fault === 'refused') return failure(false, 'ECONNREFUSED')
    if (fault === 'throws') throw new Error('the transport failed')
    if (fault === 'request lost') return failure(true, 'timeout')
    const response = await execute(request)
    if (fault === 'response lost') return failure(true, 'ECONNRESET')
    if (fault === 'response cut')
      return response._tag === 'Left' ? response : right({ ...response.right, body: half(response.right.body) })
    if (fault === 'hangs') return failure(true, 'timeout')
    const { body, ...rest } = fault.instead
    return right({ ...rest, headers: { 'content-type': rest.contentType }, body: new TextEncoder().encode(body) })
  }

  const hang = (request: WireRequest): ReturnType<ReturnType<Transport>> =>
    new Promise((resolve) => {
      requests.push(request)
      const end = (): void => resolve(failure(true, 'aborted'))
      if (request.signal?.aborted) end()
      request.signal?.addEventListener('abort', end)
    })

  return {
    requests,
    transport: (request) => () => {
      if ((faults[0] ?? lasting) === 'hangs') {
        faults.shift()
        return hang(request)
      }
      const running = exchange(request)
      inFlight.add(running)
      const end = (): void => void inFlight.delete(running)
      running.then(end, end)
      return running
    },
    strike: (fault, times) => {
      if (times === undefined) lasting = fault
      else for (let left = times; left > 0; left -= 1) faults.push(fault)
    },
    repair: () => {
      faults.length = 0
      lasting = null
    },
    beforeNextResponse: (run) => {
      beforeResponse = run
    },
    settled: async () => {
      while (inFlight.size > 0) await Promise.allSettled(inFlight)
    },
  }
}

const right = (response: WireResponse) => ({ _tag: 'Right', right: response }) as const
const failure = (sent: boolean, reason: string) => ({ _tag: 'Left', left: { sent, reason } }) as const
const half = (body: Uint8Array): Uint8Array => body.slice(0, Math.floor(body.byteLength / 2))
