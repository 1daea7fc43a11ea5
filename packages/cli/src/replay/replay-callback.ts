import { NegativeResult, UsageError } from '../errors.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { type ControlClient, findSandbox } from '../sandbox-client/control-client.ts'
import type { ControlCallback } from '../sandbox-client/control-types.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly to?: string
  readonly sandbox?: string
  readonly json?: true
}

interface Delivered {
  readonly to: string
  readonly accepted: boolean
  readonly verdict: string
}

export const replayCallback = async (
  id: string,
  { to, sandbox: address, json }: Options,
  terminal: Terminal,
): Promise<void> => {
  if (to !== undefined && !(URL.canParse(to) && /^https?:$/.test(new URL(to).protocol)))
    throw new UsageError('--to must be an http or https address.')
  const sandbox = findSandbox(address, terminal)
  const callback = await callbackOf(sandbox, id)
  const { vendor, what } = callback
  const delivered = await (to === undefined ? redeliver(sandbox, callback) : deliverTo(to, callback))
  printResult(terminal, {
    json,
    result: { id, vendor, what, ...delivered },
    toText: () => {
      const { accepted, verdict } = delivered
      const said = painter(terminal)(accepted ? 'good' : 'bad', plain(verdict))
      return `${vendor} ${plain(what)} to ${new URL(delivered.to).origin}: ${said}\n`
    },
  })
  if (!delivered.accepted) throw new NegativeResult()
}

const callbackOf = async (sandbox: ControlClient, id: string): Promise<ControlCallback> => {
  const { callbacks } = await sandbox.get<{ readonly callbacks: readonly ControlCallback[] }>(
    `/callbacks?q=${encodeURIComponent(id)}`,
  )
  const found = callbacks.find((callback) => callback.id === id)
  if (!found) throw new Error(`The sandbox has no callback ${id}. railswitch logs --json prints their ids.`)
  return found
}

const redeliver = async (sandbox: ControlClient, { vendor, id, url }: ControlCallback): Promise<Delivered> => {
  const after = await sandbox.post<ControlCallback>(`/callbacks/${vendor}/${encodeURIComponent(id)}/redeliver`, {})
  const verdict = after.attempts.at(-1)?.verdict ?? 'not sent'
  return { to: url, accepted: verdict === 'accepted', verdict }
}

/** The rail and the token are the end of the original address. */
const deliverTo = async (to: string, { url, contentType, body }: ControlCallback): Promise<Delivered> => {
  const end = new URL(url).pathname.split('/').slice(-2).join('/')
  const response = await fetch(`${to.replace(/\/+$/, '')}/${end}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
    signal: AbortSignal.timeout(30_000),
  }).catch(() => {
    throw new Error(`${new URL(to).origin} does not respond.`)
  })
  return { to, accepted: response.ok, verdict: `HTTP ${response.status}` }
}
