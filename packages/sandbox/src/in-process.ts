import type { PayablSandbox } from './payabl/payabl.ts'
import type { Platform } from './platform/platform.ts'
import { type HttpResponse, largestBody, respond } from './platform/routes.ts'
import type { SandboxChaos } from './sandbox.ts'
import type { TrustlyOptions, TrustlySandbox } from './trustly/trustly.ts'
import { startVendors, type VendorOptions } from './vendors.ts'

export type { Digest, Platform, Post, PostedMessage, PostReply, Random, StartTimer } from './platform/platform.ts'
export type { HttpResponse } from './platform/routes.ts'

/** The options of a sandbox without a server. */
export interface InProcessSandboxOptions extends Omit<VendorOptions, 'trustly'> {
  /** The vendors' address: `https://vendors.example`. API and checkout addresses begin with it. */
  readonly url: string
  readonly platform: Platform
  /** The keys must be given, because generating one cannot be repeated. Notifications to other machines are allowed unless
   *  `allowRemote` is false, as for payabl: the platform decides where they go. */
  readonly trustly: Omit<TrustlyOptions, 'keys'> & { readonly keys: Required<NonNullable<TrustlyOptions['keys']>> }
}

/** A request to one of the vendors' addresses. */
export interface InProcessRequest {
  readonly method: string
  readonly url: string
  /** Names in lower case. The vendors read none. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Both vendors within one process. The platform is the only source of time, randomness, network and signatures. */
export interface InProcessSandbox {
  readonly trustly: TrustlySandbox
  readonly payabl: PayablSandbox
  readonly chaos: SandboxChaos
  /** Answers a request to an API or a checkout page, as the server of `startSandbox` does. Rejects for an address outside
   *  `url`. */
  readonly handle: (request: InProcessRequest) => Promise<HttpResponse>
  /** Cancels all timers and aborts deliveries. */
  readonly close: () => Promise<void>
}

/** Starts both vendors without a server, sockets, timers or randomness of their own. Rejects when a key or a merchant's
 *  balance is invalid. */
export const startInProcessSandbox = async ({
  url: address,
  platform,
  trustly: trustlyOptions,
  payabl: payablOptions,
  ...options
}: InProcessSandboxOptions): Promise<InProcessSandbox> => {
  const url = address.replace(/\/+$/, '')
  const { trustly, payabl, chaos, routes, close } = await startVendors(
    { url, platform },
    {
      ...options,
      trustly: { allowRemote: true, ...trustlyOptions },
      payabl: { allowRemote: true, ...payablOptions },
    },
  )
  return {
    trustly: trustly.sandbox,
    payabl: payabl.sandbox,
    chaos,
    handle: async (request) => {
      if (!request.url.startsWith(`${url}/`)) throw new Error(`${request.url} is not an address of the vendors.`)
      const { method, headers = {}, body: content = '' } = request
      const body = typeof content === 'string' ? Buffer.from(content) : content
      const target = request.url.slice(url.length)
      return respond(routes, { method, target, headers, body: body.length > largestBody ? undefined : body })
    },
    close,
  }
}
