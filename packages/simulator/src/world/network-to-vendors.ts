import { left, right, type Transport } from '@railswitch/core'
import type { Faults } from '../seed/fault-strikes.ts'
import type { Rail } from '../seed/plan.ts'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import { type OwnOrder, readCall } from './own-orders.ts'
import { never, type ProcessLife } from './process-life.ts'
import type { SentIntents } from './sent-intents.ts'
import type { Trace } from './trace.ts'
import { unpublishedError } from './vendor-errors.ts'
import type { Vendors } from './vendors.ts'

/** The network between the shops and the vendors, in the direction of the vendors. */
export interface Wire {
  readonly connect: (life: ProcessLife) => Transport
  /** What our calls created at the vendors. */
  readonly ownOrders: readonly OwnOrder[]
  /** The calls that reached a vendor, whether or not it executed them, in order. */
  readonly arrivals: readonly Arrival[]
  /** A customer has paid an order of ours with another transaction, which is ours too. */
  readonly addTransaction: (order: OwnOrder) => void
}

/** A call of ours at the moment at which a vendor received it first. */
export interface Arrival {
  /** As in `OwnOrder`. */
  readonly job: string
  /** How many of `ownOrders` existed before it. */
  readonly after: number
}

interface Dependencies {
  readonly clock: WorldClock
  readonly random: Random
  readonly faults: Faults
  readonly trace: Trace
  readonly vendors: Vendors
  readonly sent: SentIntents
}

type Request = Parameters<Transport>[0]

export const createWire = ({ clock, random, faults, trace, vendors, sent }: Dependencies): Wire => {
  const ownOrders: OwnOrder[] = []
  const arrivals: Arrival[] = []
  let exchanges = 0

  /** The vendor executes the request, whether or not anybody still waits. */
  const execute = async ({
    url,
    headers,
    body,
    signal,
  }: Request): Promise<{ status: number; contentType: string; body: Uint8Array } | null> => {
    const job = sent.nameOf(signal)
    if (job !== null && !arrivals.some((one) => one.job === job)) arrivals.push({ job, after: ownOrders.length })
    const response = await vendors.handle({ method: 'POST', url, headers, body })
    if (response === 'hang up') return null
    const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : (response.body ?? new Uint8Array())
    const rail = railAt(url)
    const own = readCall(
      rail,
      new URL(url).pathname,
      Buffer.from(body).toString(),
      Buffer.from(bytes).toString('latin1'),
    )
    if (own) {
      ownOrders.push({ ...own, job, at: clock.now() })
      sent.executed(signal)
    }
    trace.add(
      rail,
      `executed ${own ? `${own.method} ${own.reference}: ${own.vendorId}` : `a request: ${bytes.length} bytes`}`,
    )
    return { status: response.status, contentType: response.headers?.['Content-Type'] ?? '', body: bytes }
  }

  const connect =
    (life: ProcessLife): Transport =>
    (request) =>
    async () => {
      const subject = `${++exchanges}`
      const draws = random.stream('exchange', subject)
      const timeout = async (ms: number) => {
        await life.pause(ms)
        return left({ sent: true, reason: 'timeout' })
      }
      const strikes = (...[fault]: [Parameters<Faults['strikes']>[0]]): boolean => {
        if (!faults.strikes(fault, subject)) return false
        trace.add(life.name, `${fault} at exchange ${subject}`)
        return true
      }
      await life.pause(draws.integer(1, 40))
      if (strikes('connection-refused')) return left({ sent: false, reason: 'ECONNREFUSED' })
      if (strikes('request-lost')) return timeout(request.timeoutMs)
      if (strikes('request-late')) {
        clock.after(request.timeoutMs + draws.integer(1, 20_000), () => execute(request))
        return timeout(request.timeoutMs)
      }
      const crashes = strikes('crash-at-wire')
      if (crashes && draws.chance(0.3)) return end(life)
      const response = await execute(request)
      if (crashes) return end(life)
      if (strikes('response-lost')) return timeout(request.timeoutMs)
      await life.pause(draws.integer(1, 40) + (strikes('response-slow') ? draws.integer(1_000, 25_000) : 0))
      if (response === null) return left({ sent: true, reason: 'ECONNRESET' })
      if (strikes('response-garbled')) return right(proxyPage)
      const error = unpublishedError(railAt(request.url), new URL(request.url).pathname, request.body)
      if (error && strikes('response-is-an-error')) return right(error)
      return right(response)
    }

  return { connect, ownOrders, arrivals, addTransaction: (order) => void ownOrders.push(order) }
}

const railAt = (url: string): Rail => (url.includes('/api/1') ? 'trustly' : 'payabl')

const end = <A>(life: ProcessLife): Promise<A> => {
  life.end()
  return never()
}

const proxyPage = {
  status: 502,
  contentType: 'text/html',
  body: Buffer.from('<html><body><h1>502 Bad Gateway</h1></body></html>'),
}
