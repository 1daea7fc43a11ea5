import { createBackOffice } from './back-office/back-office.ts'
import { type Chaos, createChaos } from './chaos/chaos.ts'
import type { ChaosScript } from './chaos/chaos-rule.ts'
import { createControl } from './control/control.ts'
import { createEndpoints } from './control/endpoints.ts'
import { payablVendor, trustlyVendor } from './operator/operated-vendors.ts'
import { type PayablOptions, type PayablSandbox, startPayabl } from './payabl/payabl.ts'
import { type Clock, createClock } from './platform/clock.ts'
import { listen } from './platform/http-server.ts'
import { startTrustly, type TrustlyOptions, type TrustlySandbox } from './trustly/trustly.ts'

/** How the sandbox starts. Everything has a default. */
export type SandboxOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The address to listen on: 127.0.0.1 unless given, so nothing outside this machine reaches it. */
  readonly host?: string
  /** Names by which others may call this machine, besides its addresses. Requests under any other name are refused. */
  readonly hostNames?: readonly string[]
  /** Where shops and customers reach it, when that is another address, as behind a container's port. */
  readonly publicUrl?: string
  /** The time from which the sandbox's clock starts to be moved; the real one unless given. */
  readonly now?: () => Date
  readonly trustly?: TrustlyOptions
  readonly payabl?: PayablOptions
  /** What goes wrong on purpose; nothing unless given. `chaos.set` begins another script. */
  readonly chaos?: ChaosScript
  /** What chance draws from where the script has no seed of its own: 1 unless given. */
  readonly seed?: number
}

/** The time of both vendors, which can be moved forward. */
export type SandboxClock = Pick<Clock, 'now' | 'move'>

/** What goes wrong on purpose at both vendors, and what did. */
export type SandboxChaos = Pick<Chaos, 'set' | 'script' | 'log'>

/** The running vendors. */
export type Sandbox = {
  /** `http://127.0.0.1:PORT`, or the public address, without a slash at the end. */
  readonly url: string
  readonly trustly: TrustlySandbox
  readonly payabl: PayablSandbox
  readonly clock: SandboxClock
  readonly chaos: SandboxChaos
  /** The control API: JSON over HTTP, with the token as bearer. */
  readonly control: { readonly url: string; readonly token: string }
  /** Stops listening, breaks off deliveries and forgets everything. */
  readonly close: () => Promise<void>
}

/** Starts the local twin of the payment vendors. Keys are made at the start unless given, and nothing is written to
 *  disk. Rejects when the port is taken, or a key or a merchant's balance cannot be read. */
export const startSandbox = async ({
  port = 0,
  host = '127.0.0.1',
  hostNames = [],
  publicUrl,
  now,
  trustly: trustlyOptions = {},
  payabl: payablOptions = {},
  chaos: script = { rules: [] },
  seed = 1,
}: SandboxOptions = {}): Promise<Sandbox> => {
  const names = publicUrl === undefined ? hostNames : [...hostNames, new URL(publicUrl).hostname]
  const server = await listen({ port, host, hostNames: names })
  const url = publicUrl?.replace(/\/+$/, '') ?? server.url
  const clock = createClock(now)
  const chaos = createChaos({ clock, seed, script })
  const where = { url, clock, chaos }
  const start = async () => [await startTrustly(where, trustlyOptions), startPayabl(where, payablOptions)] as const
  const [trustly, payabl] = await start().catch(async (error) => {
    await server.close()
    throw error
  })
  const vendors = [trustlyVendor(trustly), payablVendor(payabl)]
  const control = createControl(createEndpoints({ vendors, clock, chaos }))
  const backOffice = createBackOffice({ vendors, clock, chaos })
  server.serve([...trustly.routes, ...payabl.routes, ...backOffice, ...control.routes])
  return {
    url,
    trustly: trustly.sandbox,
    payabl: payabl.sandbox,
    chaos,
    clock: { now: clock.now, move: clock.move },
    control: { url: `${url}${control.path}`, token: control.token },
    close: async () => {
      clock.close()
      await Promise.all([trustly.close(), payabl.close()])
      await server.close()
    },
  }
}
