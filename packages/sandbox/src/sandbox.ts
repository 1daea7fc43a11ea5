import { createBackOffice } from './back-office/back-office.ts'
import { createPayablDesk } from './back-office/payabl-desk.ts'
import { createTrustlyDesk } from './back-office/trustly-desk.ts'
import { type Clock, createClock } from './clock.ts'
import { createControl } from './control/control.ts'
import { listen } from './http-server.ts'
import { type PayablOptions, type PayablSandbox, startPayabl } from './payabl/payabl.ts'
import { startTrustly, type TrustlyOptions, type TrustlySandbox } from './trustly/trustly.ts'

/** How the sandbox starts. Everything has a default. */
export type SandboxOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The address to listen on: 127.0.0.1 unless given, so nothing outside this machine reaches it. */
  readonly host?: string
  /** Names by which others may call this machine, besides its addresses. Requests under any other name are refused. */
  readonly hostNames?: readonly string[]
  /** The time from which the sandbox's clock starts to be moved; the real one unless given. */
  readonly now?: () => Date
  readonly trustly?: TrustlyOptions
  readonly payabl?: PayablOptions
}

/** The time of both vendors, which can be moved forward. */
export type SandboxClock = Pick<Clock, 'now' | 'move'>

/** The running vendors. */
export type Sandbox = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly trustly: TrustlySandbox
  readonly payabl: PayablSandbox
  readonly clock: SandboxClock
  /** The control API: JSON over HTTP, with the token as bearer. */
  readonly control: { readonly url: string; readonly token: string }
  /** Stops listening, breaks off deliveries and forgets everything. */
  readonly close: () => Promise<void>
}

/** Starts the local twin of the payment vendors. Keys are made at the start and nothing is written to disk.
 *  Rejects when the port is taken, or a merchant's key or balance cannot be read. */
export const startSandbox = async ({
  port = 0,
  host = '127.0.0.1',
  hostNames = [],
  now,
  trustly: trustlyOptions = {},
  payabl: payablOptions = {},
}: SandboxOptions = {}): Promise<Sandbox> => {
  const server = await listen({ port, host, hostNames })
  const clock = createClock(now)
  const where = { url: server.url, clock }
  const start = async () => [await startTrustly(where, trustlyOptions), startPayabl(where, payablOptions)] as const
  const [trustly, payabl] = await start().catch(async (error) => {
    await server.close()
    throw error
  })
  const desks = [createTrustlyDesk(trustly), createPayablDesk(payabl)]
  const control = createControl({ desks, clock })
  const backOffice = createBackOffice({ desks, clock })
  server.serve([...trustly.routes, ...payabl.routes, ...backOffice, ...control.routes])
  return {
    url: server.url,
    trustly: trustly.sandbox,
    payabl: payabl.sandbox,
    clock: { now: clock.now, move: clock.move },
    control: { url: `${server.url}/control`, token: control.token },
    close: async () => {
      clock.close()
      await Promise.all([trustly.close(), payabl.close()])
      await server.close()
    },
  }
}
