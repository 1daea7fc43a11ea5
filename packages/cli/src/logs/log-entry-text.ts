import width from 'fast-string-width'
import { plain } from '../output/plain.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'
import type { LogEntry } from './log-entries.ts'

/** One line, and others for an id that does not fit into it, and for what went wrong. */
export const logEntryText = (entry: LogEntry, terminal: Pick<Terminal, 'colours' | 'columns'>): string => {
  const paint = painter(terminal)
  const { at, vendor, type, id, method, ok, result, reference, hint } = entry
  const long = result.length > 20
  const columns = [
    paint('faint', at.slice(11, 19)),
    vendor.padEnd(8),
    (type === 'call' ? 'call' : 'callback').padEnd(8),
    plain(method).padEnd(20),
    paint(ok ? 'good' : 'bad', (long ? (ok ? 'accepted' : 'not accepted') : plain(result)).padEnd(12)),
    plain(reference ?? ''),
  ]
  const reasons = [...(long ? [result] : []), ...(hint === null ? [] : [hint])]
  const line = columns.join(' ').trimEnd()
  // `replay` takes the id of a callback.
  const ids = type === 'call' ? '' : paint('faint', plain(id))
  const isShort = width(`${line} ${ids}`) <= terminal.columns
  const end = ids === '' ? '\n' : isShort ? ` ${ids}\n` : `\n         ${ids}\n`
  return `${line}${end}${reasons.map((reason) => `         ${paint('warning', plain(reason))}\n`).join('')}`
}
