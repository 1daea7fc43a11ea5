import { findSandbox } from '../sandbox-client/control-client.ts'
import type { Terminal } from '../terminal.ts'
import { followLog, type LogEntry, readLog } from './log-entries.ts'
import { logEntryText } from './log-entry-text.ts'

interface Options {
  readonly sandbox?: string
  readonly follow?: true
  readonly failed?: true
  readonly limit: number
  readonly json?: true
}

export const showLogs = async (
  { sandbox: address, follow, failed, limit, json }: Options,
  terminal: Terminal,
): Promise<void> => {
  const ended = follow ? terminal.ended() : Promise.resolve()
  const sandbox = findSandbox(address, terminal)
  const isWanted = ({ ok }: LogEntry): boolean => !failed || !ok
  const print = (entry: LogEntry): void => {
    if (isWanted(entry)) terminal.out(json ? `${JSON.stringify(entry)}\n` : logEntryText(entry, terminal))
  }
  const followed = follow && (await followLog(sandbox))
  const recent = (await readLog(sandbox)).filter(isWanted).slice(-limit)
  for (const entry of recent) print(entry)
  if (recent.length === 0 && !json) terminal.out(`Nothing${failed ? ' has failed' : ' has happened'} yet.\n`)
  if (followed) await followed(ended, print)
}
