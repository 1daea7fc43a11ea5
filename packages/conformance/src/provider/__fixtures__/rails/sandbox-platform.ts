import { sign, verify } from 'node:crypto'
import type { Transport } from '@railswitch/core/provider'
import type { InProcessSandbox, Platform } from '@railswitch/sandbox/in-process'
import type { VendorPorts } from '../../provider-under-test.ts'

/** The sandbox on the time and the network of the suite. */
export const platformOf = ({ now, after, random, post }: VendorPorts): Platform => ({
  now,
  after,
  random,
  sign,
  verify,
  post: async ({ url, contentType, body }) => post({ url, headers: { 'content-type': contentType }, body }),
})

/** The way to the sandbox, without sockets. */
export const transportTo =
  (sandbox: InProcessSandbox): Transport =>
  ({ method = 'POST', url, headers, body }) =>
  async () => {
    const response = await sandbox.handle({ method, url, headers, body })
    if (response === 'hang up') return { _tag: 'Left', left: { sent: true, reason: 'ECONNRESET' } }
    const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : (response.body ?? new Uint8Array())
    const lowerCase = Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
    const responseHeaders: Readonly<Record<string, string>> = Object.fromEntries(lowerCase)
    const contentType = responseHeaders['content-type'] ?? ''
    return { _tag: 'Right', right: { status: response.status, contentType, headers: responseHeaders, body: bytes } }
  }
