import { findSandbox } from '../sandbox-client/control-client.ts'
import { followTraffic, recentTraffic, type TrafficEntry, trafficText } from '../sandbox-client/traffic.ts'
import type { Terminal } from '../terminal.ts'

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
  const isWanted = ({ ok }: TrafficEntry): boolean => !failed || !ok
  const print = (entry: TrafficEntry): void => {
    if (isWanted(entry)) terminal.out(json ? `${JSON.stringify(entry)}\n` : trafficText(entry, terminal))
  }
  const followed = follow && (await followTraffic(sandbox))
  const recent = (await recentTraffic(sandbox)).filter(isWanted).slice(-limit)
  for (const entry of recent) print(entry)
  if (recent.length === 0 && !json) terminal.out(`Nothing${failed ? ' has failed' : ' has happened'} yet.\n`)
  if (followed) await followed(ended, print)
}
