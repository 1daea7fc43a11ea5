import { type ChaosScript, parseChaos, type Sandbox, type SandboxOptions, startSandbox } from '@railswitch/sandbox'
import { UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import { followLog } from '../logs/log-entries.ts'
import { logEntryText } from '../logs/log-entry-text.ts'
import { busyPort } from '../output/busy-port.ts'
import { clientOf } from '../sandbox-client/control-client.ts'
import { announceSandbox } from '../sandbox-client/running-sandboxes.ts'
import type { Terminal } from '../terminal.ts'
import { announce, type StartedSandbox } from './announce.ts'
import { checkEnvFile, writeEnvFile } from './env-file.ts'
import { writeKeyFiles } from './key-files.ts'
import type { Merchants } from './merchants-file.ts'

type Options = {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly json?: true
  readonly quiet?: true
  readonly merchants?: string
  readonly data?: string
  /** `true`: the default file. */
  readonly writeEnv?: string | true
  readonly callbackUrl?: string
  readonly chaos?: string
  readonly hostName?: readonly string[]
  readonly allowRemote?: true
  readonly publicUrl?: string
}

/** Starts the sandbox, prints its addresses, and runs until the user stops it. */
export const runSandbox = async (options: Options, terminal: Terminal): Promise<void> => {
  const ended = terminal.ended()
  const {
    port,
    host,
    seed,
    publicUrl,
    hostName: hostNames = [],
    json = false,
    quiet = false,
    allowRemote = false,
  } = options
  const envFile = options.writeEnv === true ? '.env' : options.writeEnv
  if (envFile === undefined && options.callbackUrl !== undefined)
    throw new UsageError('--callback-url needs --write-env: the address is written to the file with the variables.')
  if (envFile !== undefined) checkEnvFile(envFile)
  const merchants = await merchantsOf(options)
  const chaos = options.chaos === undefined ? { rules: [] } : await readChaos(options.chaos)
  const sandbox = await startOn(port, {
    host,
    hostNames,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(options.data !== undefined && { data: options.data }),
    seed,
    chaos,
    trustly: { merchants: merchants.trustly, allowRemote },
    payabl: { merchants: merchants.payabl, allowRemote },
  })
  const given = merchants.trustly[0]
  const { publicKey, merchant } = sandbox.trustly
  const pems = { publicKey, privateKey: given ? undefined : merchant.privateKey }
  const keys = await writeKeyFiles(pems, options.data).catch(async (error) => {
    // An open server would keep the process alive.
    await sandbox.close()
    throw error
  })
  let stopAnnouncing = () => {}
  try {
    if (!isLoopback(host)) terminal.err(warning(host))
    const started = describe(sandbox, { trustly: given, payabl: merchants.payabl[0], keys })
    if (envFile !== undefined) writeEnvFile(envFile, started, options.callbackUrl)
    const follow = json || quiet ? null : await followLog(clientOf(sandbox.control))
    stopAnnouncing = announceSandbox(sandbox.control, terminal)
    terminal.out(json ? `${JSON.stringify(started)}\n` : announce(started, { envFile, data: options.data }))
    if (follow) await follow(ended, (entry) => terminal.out(logEntryText(entry, terminal)))
    else await ended
  } finally {
    stopAnnouncing()
    await Promise.all([sandbox.close(), keys.remove()])
  }
}

const startOn = async (port: number, options: Omit<SandboxOptions, 'port'>): Promise<Sandbox> => {
  try {
    return await startSandbox({ ...options, port })
  } catch (error) {
    throw busyPort(error, port, port === 0 ? 'of the data folder' : undefined)
  }
}

// The schema is loaded only if there is a file.
const merchantsOf = async ({ merchants }: Options): Promise<Merchants> => {
  if (merchants === undefined) return { trustly: [], payabl: [] }
  const { readMerchants } = await import('./merchants-file.ts')
  return readMerchants(merchants)
}

type Accounts = {
  readonly trustly: { readonly username: string; readonly password: string } | undefined
  readonly payabl: { readonly merchantId: string; readonly secret: string } | undefined
  readonly keys: Awaited<ReturnType<typeof writeKeyFiles>>
}

const describe = ({ url, trustly, payabl, control }: Sandbox, accounts: Accounts): StartedSandbox => {
  const { username, password } = accounts.trustly ?? trustly.merchant
  const { merchantId, secret } = accounts.payabl ?? payabl.merchant
  const { publicKeyFile, privateKeyFile } = accounts.keys
  return {
    trustly: { url: trustly.url, publicKeyFile, username, password, privateKeyFile },
    payabl: { url: payabl.url, merchantId, secret },
    backOffice: `${url}/back-office`,
    control,
  }
}

const isLoopback = (host: string): boolean => /^(localhost|::1|127(\.\d+){3})$/.test(host)

const warning = (host: string): string =>
  `railswitch: warning: ${host} can be reached from other machines. Anyone who can reach it can use the back office.\n`

/** Reads a chaos script. Every mistake is a UsageError that names the rule. */
const readChaos = async (file: string): Promise<ChaosScript> => {
  const content = await readJson(file, 'the chaos script')
  try {
    return parseChaos(content)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'not a chaos script'}`)
  }
}
