import { isLeft, left, right, type Transport } from '@railswitch/core/provider'
import { createPayablClient, type PayablClient } from '../client/client.ts'
import { type PayablTrustlyOptions, readConfig } from '../config.ts'

/** What payabl does with the next request: a body of HTTP 200, any answer, or none. */
export type Step =
  | string
  | Uint8Array
  | { readonly status: number; readonly body: string }
  | { readonly lost: string }
  | { readonly unsent: string }

export interface SentRequest {
  readonly url: string
  /** As it was sent, one character per byte. */
  readonly body: string
  /** Without merchantid and signature. */
  readonly fields: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** A payabl that answers one step per request, and what it was sent. A request beyond the script is a failure. */
export const scriptedPayabl = (steps: readonly Step[]): { transport: Transport; sent: SentRequest[] } => {
  const sent: SentRequest[] = []
  const transport: Transport =
    ({ url, body, timeoutMs, signal }) =>
    async () => {
      const step = steps[sent.length]
      const text = Buffer.from(body).toString('latin1')
      const { merchantid, signature, ...fields } = Object.fromEntries(new URLSearchParams(text))
      sent.push({ url, body: text, fields, timeoutMs, signal })
      if (step === undefined) throw new Error('one request too many')
      if (typeof step === 'string' || step instanceof Uint8Array) return right(answer(200, step))
      if ('status' in step) return right(answer(step.status, step.body))
      return 'lost' in step ? left({ sent: true, reason: step.lost }) : left({ sent: false, reason: step.unsent })
    }
  return { transport, sent }
}

const answer = (status: number, body: string | Uint8Array) => ({
  status,
  contentType: 'text/plain',
  body: typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
})

/** The public sandbox account (docs.payabl.com/reference/pre-authorization-1). */
export const sandboxAccount = {
  environment: 'test',
  merchantId: 'gateway_test',
  secret: 'b185',
} as const satisfies PayablTrustlyOptions

/** A client of that account at a scripted payabl. */
export const scriptedClient = (
  steps: readonly Step[],
  options: Partial<PayablTrustlyOptions> = {},
): { client: PayablClient; sent: SentRequest[] } => {
  const { transport, sent } = scriptedPayabl(steps)
  const account = readConfig({ ...sandboxAccount, ...options }, { transport })
  if (isLeft(account)) throw new Error('the options are wrong')
  return { client: createPayablClient(account.right), sent }
}
