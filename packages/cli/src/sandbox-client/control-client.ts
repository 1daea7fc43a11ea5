import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import { runningSandboxes, type SandboxAddress } from './running-sandboxes.ts'

/** Calls the control API of a sandbox. Rejects with the reason that the sandbox gives. */
export interface ControlClient {
  readonly url: string
  get<Content>(path: string): Promise<Content>
  post<Content>(path: string, body: object): Promise<Content>
}

export const withSandboxOption = (command: Command): Command =>
  command.option('--sandbox <address>', 'the sandbox, if several run, such as http://127.0.0.1:4270')

/** For the help of commands that use a running sandbox. */
export const sandboxHelp = `
The command finds the sandbox that runs on this machine. For another one, set
SANDBOX_URL (the control API) and SANDBOX_TOKEN.`

/** The client of the sandbox that `--sandbox`, the environment or a running sandbox names. */
export const findSandbox = (sandbox: string | undefined, terminal: Pick<Terminal, 'env'>): ControlClient => {
  const { SANDBOX_URL: url, SANDBOX_TOKEN: token } = terminal.env
  if (url !== undefined && token !== undefined) return clientOf({ url: url.replace(/\/+$/, ''), token })
  const running = runningSandboxes(terminal)
  const origin = sandbox?.replace(/\/+$/, '')
  const chosen = origin === undefined ? running : running.filter((one) => new URL(one.url).origin === origin)
  const [first, ...others] = chosen
  if (first === undefined)
    throw new UsageError(
      origin === undefined || running.length === 0
        ? 'No sandbox runs on this machine: start one with railswitch sandbox.'
        : `No sandbox runs at ${origin}: ${addresses(running)}.`,
    )
  if (others.length > 0)
    throw new UsageError(`Several sandboxes run. Choose one with --sandbox: ${addresses(running)}.`)
  return clientOf(first)
}

const addresses = (running: readonly SandboxAddress[]): string =>
  running.map(({ url }) => new URL(url).origin).join(', ')

export const clientOf = ({ url, token }: SandboxAddress): ControlClient => {
  const call = async <Content>(path: string, init: RequestInit): Promise<Content> => {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}` },
    }).catch(() => {
      throw new Error(`The sandbox at ${new URL(url).origin} does not respond: start it again.`)
    })
    const content: unknown = await response.json().catch(() => null)
    if (response.ok) return content as Content
    const { error } = Object(content)
    throw new Error(typeof error === 'string' ? error : `The sandbox responded with HTTP ${response.status}.`)
  }
  return {
    url,
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}
