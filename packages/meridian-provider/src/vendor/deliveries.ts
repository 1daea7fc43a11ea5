import type { Account } from './books.ts'
import { callbackSignature } from './signatures.ts'

export interface Message {
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Reply {
  readonly status: number
  readonly body: Uint8Array
}

/** What the bank needs of its surrounding world. */
export interface BankPorts {
  readonly now: () => Date
  /** Runs the job after `ms` milliseconds. Returns the function that cancels it. */
  readonly after: (ms: number, job: () => void) => () => void
  /** Sends a callback. Rejects if no reply arrives. */
  readonly post: (message: Message) => Promise<Reply>
}

export interface Delivery {
  accepted: boolean
}

const firstPauseMs = 10_000
const longestMs = 3 * 86_400_000

export const signedMessage = (account: Account, url: string, body: Uint8Array, now: Date): Message => {
  const time = String(Math.floor(now.getTime() / 1000))
  const signature = callbackSignature(account.secrets[0] ?? '', time, body)
  const headers = { 'content-type': 'application/json', 'meridian-time': time, 'meridian-signature': signature }
  return { url, headers, body }
}

/** Sends callbacks, and repeats each until it is acknowledged. */
export const createDeliveries = ({ now, after, post }: BankPorts) => {
  const deliveries: Delivery[] = []
  let sent = 0
  let isClosed = false

  const attempt = async (account: Account, url: string, body: Uint8Array, delivery: Delivery): Promise<void> => {
    const reply = await post(signedMessage(account, url, body, now())).catch(() => null)
    delivery.accepted = reply !== null && isAcknowledgement(reply)
  }

  const repeat = (account: Account, url: string, body: Uint8Array, delivery: Delivery, pauseMs: number): void => {
    if (delivery.accepted || isClosed || pauseMs > longestMs) return
    after(pauseMs, () => {
      void attempt(account, url, body, delivery).then(() => repeat(account, url, body, delivery, pauseMs * 2))
    })
  }

  return {
    deliveries,
    close: (): void => {
      isClosed = true
    },
    /** Resolves when it was sent once. */
    send: async (account: Account, url: string, event: { readonly type: string; readonly data: object }) => {
      sent += 1
      const { type, data } = event
      const message = { id: `ev_${account.id}_${sent}`, type, createdAt: now().toISOString(), data }
      const body = new TextEncoder().encode(JSON.stringify(message))
      const delivery: Delivery = { accepted: false }
      deliveries.push(delivery)
      await attempt(account, url, body, delivery)
      repeat(account, url, body, delivery, firstPauseMs)
    },
  }
}

export type Deliveries = ReturnType<typeof createDeliveries>

const isAcknowledgement = ({ status, body }: Reply): boolean => {
  try {
    return status === 200 && JSON.parse(new TextDecoder().decode(body)).received === true
  } catch {
    return false
  }
}
