import { setTimeout } from 'node:timers/promises'
import { plain } from '../output/plain.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import type { ControlClient } from './control-client.ts'
import type { ControlCall, ControlCallback } from './control-types.ts'

/** A call of a shop, or one attempt to deliver a callback to it. */
export interface TrafficEntry {
  readonly at: string
  readonly type: 'call' | 'callback'
  readonly vendor: string
  readonly id: string
  /** The method of a call, the kind of a callback. */
  readonly what: string
  readonly ok: boolean
  readonly verdict: string
  readonly reference: string | null
  /** The reason, which the vendor does not disclose. */
  readonly hint: string | null
}

/** Everything that the sandbox still knows of the newest calls and callbacks, the oldest first. */
export const recentTraffic = async (sandbox: ControlClient): Promise<readonly TrafficEntry[]> => {
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

const keyOf = ({ type, vendor, id, at }: TrafficEntry): string => [type, vendor, id, at].join('|')

const ofCall = ({ at, vendor, id, what, verdict, tone, hint, payment }: ControlCall): TrafficEntry => ({
  at,
  type: 'call',
  vendor,
  id,
  what,
  ok: tone !== 'bad',
  verdict,
  reference: payment?.reference ?? null,
  hint: hint ?? null,
})

/** Each attempt to deliver a callback. */
export const ofCallback = ({ vendor, id, what, payment, attempts, url }: ControlCallback): readonly TrafficEntry[] =>
  attempts.map(({ at, verdict, status }) => ({
    at,
    type: 'callback',
    vendor,
    id,
    what,
    ok: verdict === 'accepted',
    verdict: status === undefined ? verdict : `${verdict}: ${status}`,
    reference: payment?.reference ?? null,
    hint: verdict === 'accepted' ? null : fixOf(verdict, status, url),
  }))

/** What to check after an attempt that was not accepted; null where the verdict says it all. */
const fixOf = (verdict: string, status: string | undefined, url: string): string | null => {
  if (!URL.canParse(url)) return 'The shop gave no address for callbacks: check its callbacks.url.'
  const { origin, pathname } = new URL(url)
  if (verdict.startsWith('not sent')) return `It was for ${origin}: allow it with --allow-remote.`
  if (verdict.startsWith('no answer')) return `Nothing answered at ${origin}: is the shop running there?`
  if (/HTTP (status )?4/.test(`${verdict} ${status}`))
    return `Its path is ${pathname.replace(/[^/]*$/, '…')}: does the shop's route receive it?`
  return null
}

/** Remembers what there is. The function then calls `onEntry` with each newer entry until `ended` resolves. */
export const followTraffic = async (sandbox: ControlClient) => {
  const seen = new Set((await recentTraffic(sandbox)).map(keyOf))
  return async (ended: Promise<void>, onEntry: (entry: TrafficEntry) => void): Promise<void> => {
    const stopped = new AbortController()
    const stop = ended.then(() => stopped.abort())
    while (!stopped.signal.aborted) {
      for (const entry of await recentTraffic(sandbox)) {
        if (seen.has(keyOf(entry))) continue
        seen.add(keyOf(entry))
        onEntry(entry)
      }
      await setTimeout(300, undefined, { signal: stopped.signal }).catch(() => {})
    }
    await stop
  }
}

/** One line, and a second one for what went wrong. */
export const trafficText = (entry: TrafficEntry, terminal: Pick<Terminal, 'colours'>): string => {
  const paint = painter(terminal)
  const { at, vendor, type, what, ok, verdict, reference, hint } = entry
  const long = verdict.length > 20
  const columns = [
    paint('faint', at.slice(11, 19)),
    vendor.padEnd(8),
    (type === 'call' ? 'call' : 'callback').padEnd(8),
    plain(what).padEnd(20),
    paint(ok ? 'good' : 'bad', (long ? (ok ? 'accepted' : 'not accepted') : plain(verdict)).padEnd(14)),
    plain(reference ?? ''),
  ]
  const reasons = [...(long ? [verdict] : []), ...(hint === null ? [] : [hint])]
  return `${columns.join(' ').trimEnd()}\n${reasons.map((reason) => `         ${paint('warning', plain(reason))}\n`).join('')}`
}
