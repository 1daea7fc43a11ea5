import { createBackOffice } from './back-office/back-office.ts'
import type { Chaos } from './chaos/chaos.ts'
import { createControl } from './control/control.ts'
import { createEndpoints } from './control/endpoints.ts'
import { operatedPayabl } from './operator/operated-payabl.ts'
import { operatedTrustly } from './operator/operated-trustly.ts'
import type { PayablSandbox } from './payabl/payabl.ts'
import type { Clock } from './platform/clock.ts'
import { listen } from './platform/http-server.ts'
import { iconRoutes } from './platform/icon.ts'
import { createProcessPlatform } from './platform/process-platform.ts'
import { keepState, openState, restore, type SandboxState } from './saved/keep-state.ts'
import type { TrustlySandbox } from './trustly/trustly.ts'
import { startVendors, type VendorOptions } from './vendors.ts'

/** The options of the sandbox. Everything has a default. */
export interface SandboxOptions extends VendorOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The address to listen on: 127.0.0.1 unless given, which other machines cannot reach. */
  readonly host?: string
  /** Host names of this machine that are accepted besides its addresses. Requests under any other name are refused. */
  readonly hostNames?: readonly string[]
  /** The address for shops and customers, where it differs from the listening address, as behind a container's port. */
  readonly publicUrl?: string
  /** A folder that keeps merchants, keys, payments, callbacks and the clock over restarts, and with them the port and the
   *  control API's token. Without it everything is in memory. */
  readonly data?: string
  /** The source of the time, which `clock.move` shifts; the real time unless given. */
  readonly now?: () => Date
}

/** The clock of both vendors. */
export type SandboxClock = Pick<Clock, 'ahead' | 'move' | 'moveToNext' | 'next' | 'now' | 'reset'>

/** The chaos script of both vendors, and the log of the rules applied. */
export type SandboxChaos = Pick<Chaos, 'set' | 'script' | 'log'>

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, or the public address, without a slash at the end. */
  readonly url: string
  readonly trustly: TrustlySandbox
  readonly payabl: PayablSandbox
  readonly clock: SandboxClock
  readonly chaos: SandboxChaos
  /** The control API: JSON over HTTP, with a bearer token. */
  readonly control: { readonly url: string; readonly token: string }
  /** Stops listening, aborts deliveries and discards all data. */
  readonly close: () => Promise<void>
}

/** Starts a local sandbox of the payment vendors. Keys are generated unless given, and nothing is written to disk
 *  unless `data` names a folder.
 *  Rejects when the port is in use, or when a key or a merchant's balance is invalid. */
export const startSandbox = async ({
  port = 0,
  host = '127.0.0.1',
  hostNames = [],
  publicUrl,
  data,
  now,
  ...vendorOptions
}: SandboxOptions = {}): Promise<Sandbox> => {
  const names = publicUrl === undefined ? hostNames : [...hostNames, new URL(publicUrl).hostname]
  const folder = data === undefined ? undefined : openState(data)
  const saved = folder?.load()
  const server = await listen({ port: port || (saved?.port ?? 0), host, hostNames: names })
  const url = publicUrl?.replace(/\/+$/, '') ?? server.url
  const platform = createProcessPlatform(now)
  const keys = { ...saved?.trustly.keys, ...vendorOptions.trustly?.keys }
  const options = {
    ...vendorOptions,
    trustly: { ...vendorOptions.trustly, keys },
    payabl: { ...secretIn(saved), ...vendorOptions.payabl },
  }
  const place = { url, platform, ahead: saved?.ahead ?? 0 }
  const vendors = await startVendors(place, options).catch(async (error) => {
    await server.close()
    throw error
  })
  const { trustly, payabl, clock, chaos, changes } = vendors
  const operator = { vendors: [operatedTrustly(trustly), operatedPayabl(payabl)], clock, chaos, changes }
  const control = createControl(createEndpoints(operator), saved?.token)
  if (saved) restore(vendors, saved)
  const stopSaving = folder && keepState(folder, vendors, { port: server.port, token: control.token })
  const backOffice = createBackOffice(operator)
  server.serve([...vendors.routes, ...backOffice.routes, ...control.routes, ...iconRoutes], backOffice.unknownPath)
  return {
    url,
    trustly: trustly.sandbox,
    payabl: payabl.sandbox,
    chaos,
    clock,
    control: { url: `${url}${control.path}`, token: control.token },
    close: async () => {
      stopSaving?.()
      await vendors.close()
      await server.close()
    },
  }
}

/** The secret of payabl's own merchant in a saved state. */
const secretIn = (saved: SandboxState | undefined): { readonly secret?: string } => {
  const own = saved?.payabl.accounts.find(({ merchantId }) => merchantId === 'sandbox_merchant')
  return own ? { secret: own.secret } : {}
}
