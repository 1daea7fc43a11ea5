import { listen } from './http-server.ts'
import { startTrustly, type TrustlyOptions, type TrustlySandbox } from './trustly/trustly.ts'

/** How the sandbox starts. Everything has a default. */
export type SandboxOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The address to listen on: 127.0.0.1 unless given, so nothing outside this machine reaches it. */
  readonly host?: string
  /** The clock behind every time stamp. Waits between notifications are real time. */
  readonly now?: () => Date
  readonly trustly?: TrustlyOptions
}

/** The running vendors. */
export type Sandbox = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly trustly: TrustlySandbox
  /** Stops listening, breaks off deliveries and forgets everything. */
  readonly close: () => Promise<void>
}

/** Starts the local twin of the payment vendors. Keys are made at the start and nothing is written to disk.
 *  Rejects when the port is taken or a merchant's key cannot be read. */
export const startSandbox = async ({
  port = 0,
  host = '127.0.0.1',
  now = () => new Date(),
  trustly: options = {},
}: SandboxOptions = {}): Promise<Sandbox> => {
  const server = await listen(port, host)
  const trustly = await startTrustly({ url: server.url, now }, options).catch(async (error) => {
    await server.close()
    throw error
  })
  server.serve(trustly.routes)
  return {
    url: server.url,
    trustly: trustly.sandbox,
    close: async () => {
      await trustly.close()
      await server.close()
    },
  }
}
