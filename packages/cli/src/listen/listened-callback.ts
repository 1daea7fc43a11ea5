import { plain } from '../output/plain.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'

/** What is printed of a callback: neither its token nor personal data. */
export interface ListenedCallback {
  /** ISO 8601: when it was received. */
  readonly at: string
  /** Null: its address names no configured rail. */
  readonly rail: string | null
  /** The vendor's name of its kind; null unless it verifies. */
  readonly method: string | null
  readonly vendorId: string | null
  /** Our own reference, as the vendor repeats it. */
  readonly reference: string | null
  readonly verified: boolean
  /** Why it does not verify. */
  readonly reason: string | null
  /** The status that the vendor receives. */
  readonly status: number
  /** Why the application gave no response. */
  readonly failure: string | null
  readonly file: string | null
}

/** One line, and further ones for what went wrong. */
export const listenedText = (callback: ListenedCallback, terminal: Pick<Terminal, 'colours'>): string => {
  const paint = painter(terminal)
  const { at, rail, method, reference, verified, reason, status, failure } = callback
  const columns = [
    paint('faint', at.slice(11, 19)),
    (rail ?? '').padEnd(8),
    plain(method ?? '').padEnd(20),
    paint(verified ? 'good' : 'bad', (verified ? 'verified' : 'not verified').padEnd(12)),
    paint(status < 400 ? 'good' : 'bad', `HTTP ${status}`),
    plain(reference ?? ''),
  ]
  const reasons = [reason, failure === null ? null : `Not forwarded: ${failure}. The vendor delivers again.`]
  return `${columns.join(' ').trimEnd()}\n${reasons
    .flatMap((one) => (one === null ? [] : [`         ${paint('warning', plain(one))}\n`]))
    .join('')}`
}
