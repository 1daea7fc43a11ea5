import type { VendorMessage, VendorReply } from '../provider-under-test.ts'

/** A callback that the vendor sent, and the shop's reply to it. */
export interface SentCallback extends VendorMessage {
  readonly reply: VendorReply | null
}

/** The network between the vendor and the shop. */
export interface CallbackNetwork {
  readonly post: (message: VendorMessage) => Promise<VendorReply>
  /** Every callback that the vendor sent, whether or not it arrived. */
  readonly sent: readonly SentCallback[]
  /** `hold`: callbacks do not arrive, not even when the vendor repeats them, and a test delivers them with `deliver`. */
  readonly hold: () => void
  readonly arrive: () => void
  /** Delivers a callback to the shop, in any form and as often as a test likes. */
  readonly deliver: (message: VendorMessage) => Promise<VendorReply>
  /** Resolves when no callback is in flight. */
  readonly settled: () => Promise<void>
}

export const createCallbackNetwork = (receive: (request: Request) => Promise<Response>): CallbackNetwork => {
  const sent: SentCallback[] = []
  const inFlight = new Set<Promise<unknown>>()
  const lost = new Set<string>()
  let isHeld = false

  const deliver = async ({ url, headers, body }: VendorMessage): Promise<VendorReply> => {
    const response = await receive(new Request(url, { method: 'POST', headers, body: Uint8Array.from(body) }))
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: new Uint8Array(await response.arrayBuffer()),
    }
  }

  const post = async (message: VendorMessage): Promise<VendorReply> => {
    const copy = { ...message, body: Uint8Array.from(message.body) }
    const text = Buffer.from(copy.body).toString('latin1')
    if (isHeld) lost.add(text)
    if (lost.has(text)) {
      sent.push({ ...copy, reply: null })
      throw new Error('connection refused')
    }
    const reply = await deliver(message)
    sent.push({ ...copy, reply })
    return reply
  }

  return {
    sent,
    deliver,
    post: (message) => {
      const running = post(message)
      inFlight.add(running)
      const end = (): void => void inFlight.delete(running)
      running.then(end, end)
      return running
    },
    hold: () => {
      isHeld = true
    },
    arrive: () => {
      isHeld = false
    },
    settled: async () => {
      while (inFlight.size > 0) await Promise.allSettled(inFlight)
    },
  }
}
