import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConfigOptions } from '../application/options.ts'
import { railProviders } from '../application/rail-providers.ts'
import { readConfiguration } from '../application/read-configuration.ts'
import { UsageError } from '../errors.ts'
import { busyPort } from '../output/busy-port.ts'
import type { Terminal } from '../terminal.ts'
import { callbackFolder } from './callback-folder.ts'
import { listenerFor } from './handle-request.ts'
import { type ListenedCallback, listenedText } from './listened-callback.ts'

interface Options extends ConfigOptions {
  readonly forwardTo: string
  readonly port: number
  readonly save?: string
  readonly json?: true
}

/** Receives callbacks until the user stops it. */
export const listen = async (
  { forwardTo, port, save, json, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const ended = terminal.ended()
  const to = targetOf(forwardTo, port)
  const { config } = await readConfiguration(options, terminal)
  const rails = railProviders(config)
  const print = (callback: ListenedCallback): void =>
    terminal.out(json ? `${JSON.stringify(callback)}\n` : listenedText(callback, terminal))
  const saveCallback = save === undefined ? null : await callbackFolder(save)
  const server = createServer(listenerFor({ rails, to, saveCallback, print, terminal }))
  const listening = await startOn(server, port)
  const shown = `${to.origin}${to.pathname}`
  terminal.out(
    json
      ? `${JSON.stringify({ listening, forwardTo: shown, rails: [...rails.keys()] })}\n`
      : `Callbacks that reach ${listening} are forwarded to ${shown}.
Rails: ${[...rails.keys()].join(', ')}. Press Ctrl+C to stop.\n`,
  )
  await ended
  // A callback that is being forwarded still gets its response.
  server.close()
  server.closeIdleConnections()
  await once(server, 'close')
}

/** Without a user name and a password, which would be on the command line. */
const targetOf = (text: string, port: number): URL => {
  const to = new URL(text)
  if (to.username !== '' || to.password !== '')
    throw new UsageError('--forward-to must not contain a user name or a password: other users see the command line.')
  if (to.search !== '' || to.hash !== '') throw new UsageError('--forward-to must end with its path.')
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(to.hostname) && Number(to.port || 80) === port)
    throw new UsageError(`--forward-to is the port of this command: choose another one with --port.`)
  return to
}

const startOn = async (server: Server, port: number): Promise<string> => {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
  } catch (error) {
    throw busyPort(error, port)
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
