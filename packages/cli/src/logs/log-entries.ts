import { setTimeout } from 'node:timers/promises'
import type { ControlClient } from '../sandbox-client/control-client.ts'
import type { ControlCall, ControlCallback } from '../sandbox-client/control-responses.ts'

/** A call of an application, or one attempt to deliver a callback to it. */
export interface LogEntry {
  readonly at: string
  readonly type: 'call' | 'callback'
  readonly vendor: string
  readonly id: string
  /** The method of a call, the kind of a callback. */
  readonly method: string
  readonly ok: boolean
  /** What the sandbox, or the application, made of it. */
  readonly result: string
  readonly reference: string | null
  /** The reason, which the vendor does not disclose. */
  readonly hint: string | null
}

/** Everything that the sandbox still knows of the newest calls and callbacks, the oldest first. */
export const readLog = async (sandbox: ControlClient): Promise<readonly LogEntry[]> => {
  const [calls, callbacks, failed] = await Promise.all([
    sandbox.get<{ readonly calls: readonly ControlCall[] }>('/calls'),
    sandbox.get<{ readonly callbacks: readonly ControlCallback[] }>('/callbacks'),
    // Older ones are among those that are retried.
    sandbox.get<{ readonly callbacks: readonly ControlCallback[] }>('/callbacks?failed=1'),
  ])
  const entries = [...calls.calls.map(ofCall), ...[...callbacks.callbacks, ...failed.callbacks].flatMap(ofCallback)]
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  )
}

const keyOf = ({ type, vendor, id, at }: LogEntry): string => [type, vendor, id, at].join('|')

const ofCall = ({ at, vendor, id, what, outcome, tone, hint, payment }: ControlCall): LogEntry => ({
  at,
  type: 'call',
  vendor,
  id,
  method: what,
  ok: tone !== 'bad',
  result: outcome,
  reference: payment?.reference ?? null,
  hint: hint ?? null,
})

/** Each attempt to deliver a callback. */
export const ofCallback = ({ vendor, id, what, payment, attempts, url }: ControlCallback): readonly LogEntry[] =>
  attempts.map(({ at, outcome, status }) => ({
    at,
    type: 'callback',
    vendor,
    id,
    method: what,
    ok: outcome === 'accepted',
    result: status === undefined ? outcome : `${outcome}: ${status}`,
    reference: payment?.reference ?? null,
    hint: outcome === 'accepted' ? null : fixOf(outcome, status, url),
  }))

/** What to check after an attempt that was not accepted; null where the result says it all. */
const fixOf = (outcome: string, status: string | undefined, url: string): string | null => {
  if (!URL.canParse(url)) return 'The application gave no address for callbacks: check its callbacks.url.'
  const { origin, pathname } = new URL(url)
  if (outcome.startsWith('not sent')) return `Its address is ${origin}: allow it with --allow-remote.`
  if (outcome.startsWith('no answer')) return `Nothing responds at ${origin}: start the application there.`
  if (/HTTP (status )?4/.test(`${outcome} ${status}`))
    return `Its path is ${pathname.replace(/[^/]*$/, '…')}: check the application's route.`
  return null
}

/** Remembers what there is. The function then calls `onEntry` with each newer entry until `ended` resolves. */
export const followLog = async (sandbox: ControlClient) => {
  const seen = new Set((await readLog(sandbox)).map(keyOf))
  return async (ended: Promise<void>, onEntry: (entry: LogEntry) => void): Promise<void> => {
    const stopped = new AbortController()
    const stop = ended.then(() => stopped.abort())
    while (!stopped.signal.aborted) {
      for (const entry of await readLog(sandbox)) {
        if (seen.has(keyOf(entry))) continue
        seen.add(keyOf(entry))
        onEntry(entry)
      }
      await setTimeout(300, undefined, { signal: stopped.signal }).catch(() => {})
    }
    await stop
  }
}
