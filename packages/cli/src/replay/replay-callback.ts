import { existsSync } from 'node:fs'
import { readCallbackFile } from '../callback/read-callback-file.ts'
import type { ReceivedCallback } from '../callback/saved-callback.ts'
import { NegativeResult, UsageError } from '../errors.ts'
import { forwardCallback, forwardFailure } from '../listen/forward-callback.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { type ControlClient, findSandbox } from '../sandbox-client/control-client.ts'
import type { ControlCallback } from '../sandbox-client/control-responses.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly to?: string
  readonly sandbox?: string
  readonly json?: true
}

/** What is printed of a callback that was delivered again. */
interface Replayed {
  readonly id: string
  readonly vendor: string | null
  readonly method: string | null
  readonly to: string
  readonly accepted: boolean
  readonly result: string
}

export const replayCallback = async (
  callback: string,
  { json, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const replayed = existsSync(callback)
    ? await replayFile(callback, options)
    : await replayOfSandbox(callback, options, terminal)
  const { id, vendor, method, to, accepted, result } = replayed
  printResult(terminal, {
    json,
    result: replayed,
    toText: () => {
      const what = vendor === null ? id : `${vendor} ${plain(method ?? '')}`
      return `${what} to ${new URL(to).origin}: ${painter(terminal)(accepted ? 'good' : 'bad', plain(result))}\n`
    },
  })
  if (!accepted) throw new NegativeResult()
}

const replayFile = async (file: string, { to, sandbox }: Options): Promise<Replayed> => {
  if (sandbox !== undefined) throw new UsageError('--sandbox belongs to the id of a callback, not to a file.')
  if (to === undefined)
    throw new UsageError('A file needs --to with the address for callbacks, such as http://127.0.0.1:3000/callbacks.')
  const callback = await readCallbackFile(file)
  if (callback.path === null)
    throw new UsageError(
      `${file} has no "path": pass a file of railswitch listen --save, which has the rail and the token.`,
    )
  return { id: file, vendor: null, method: null, ...(await deliverTo(to, callback)) }
}

const replayOfSandbox = async (
  id: string,
  { to, sandbox: address }: Options,
  terminal: Terminal,
): Promise<Replayed> => {
  if (/[/\\]|\.json$/.test(id)) throw new UsageError(`The file ${id} does not exist.`)
  const sandbox = findSandbox(address, terminal)
  const callback = await callbackOf(sandbox, id)
  const { vendor, what, url, contentType, body } = callback
  if (!URL.canParse(url)) throw new Error(`The callback ${id} has no address: the application passed none.`)
  const received: ReceivedCallback = {
    receivedAt: null,
    method: 'POST',
    path: new URL(url).pathname,
    headers: { 'content-type': contentType },
    body: Buffer.from(body),
  }
  const delivered = await (to === undefined ? redeliver(sandbox, callback) : deliverTo(to, received))
  return { id, vendor, method: what, ...delivered }
}

const callbackOf = async (sandbox: ControlClient, id: string): Promise<ControlCallback> => {
  const { callbacks } = await sandbox.get<{ readonly callbacks: readonly ControlCallback[] }>(
    `/callbacks?q=${encodeURIComponent(id)}`,
  )
  const found = callbacks.find((callback) => callback.id === id)
  if (!found) throw new Error(`The sandbox has no callback ${id}. railswitch logs prints their ids.`)
  return found
}

type Delivered = Pick<Replayed, 'to' | 'accepted' | 'result'>

const redeliver = async (sandbox: ControlClient, { vendor, id, url }: ControlCallback): Promise<Delivered> => {
  const after = await sandbox.post<ControlCallback>(`/callbacks/${vendor}/${encodeURIComponent(id)}/redeliver`, {})
  const result = after.attempts.at(-1)?.outcome ?? 'not sent'
  return { to: withoutToken(url), accepted: result === 'accepted', result }
}

/** The rail and the token are the last two segments of the path. */
const withoutToken = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.split('/').slice(0, -2).join('/')}`
}

const deliverTo = async (to: string, callback: ReceivedCallback): Promise<Delivered> => {
  const response = await forwardCallback(new URL(to), callback).catch((error: unknown) => {
    throw new Error(`${new URL(to).origin} does not respond: ${forwardFailure(error)}.`)
  })
  return { to, accepted: response.status >= 200 && response.status < 300, result: `HTTP ${response.status}` }
}
