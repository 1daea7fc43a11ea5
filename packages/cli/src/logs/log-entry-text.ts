import { plain } from '../output/plain.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import type { LogEntry } from './log-entries.ts'

/** One line, and a second one for what went wrong. */
export const logEntryText = (entry: LogEntry, terminal: Pick<Terminal, 'colours'>): string => {
  const paint = painter(terminal)
  const { at, vendor, type, method, ok, result, reference, hint } = entry
  const long = result.length > 20
  const columns = [
    paint('faint', at.slice(11, 19)),
    vendor.padEnd(8),
    (type === 'call' ? 'call' : 'callback').padEnd(8),
    plain(method).padEnd(20),
    paint(ok ? 'good' : 'bad', (long ? (ok ? 'accepted' : 'not accepted') : plain(result)).padEnd(14)),
    plain(reference ?? ''),
  ]
  const reasons = [...(long ? [result] : []), ...(hint === null ? [] : [hint])]
  return `${columns.join(' ').trimEnd()}\n${reasons.map((reason) => `         ${paint('warning', plain(reason))}\n`).join('')}`
}
