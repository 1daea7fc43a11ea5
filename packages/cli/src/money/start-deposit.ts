import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Customer, DepositInput } from 'railswitch'
import { type Application, withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { NegativeResult, UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { stateText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import { confirmLive, newRail } from './live-confirmation.ts'
import { configOf, isRecorded, withEffectInError } from './money-result.ts'

interface Options extends Omit<ApplicationOptions, 'app' | 'activeRail'> {
  readonly rail?: string
  readonly reference: string
  readonly amount: string
  readonly currency: string
  readonly attempt?: number
  readonly customer?: string
  readonly country: string
  readonly returnUrl?: string
  readonly wait?: true
  readonly live?: true
  readonly json?: true
}

export const startDeposit = async (options: Options, terminal: Terminal): Promise<void> => {
  const ended = options.wait ? terminal.ended() : Promise.resolve()
  await withApplication({ ...options, ...chosen(options), createStore: true }, terminal, async (application) => {
    const input = await depositInput(application, options)
    await confirmLive(
      {
        config: configOf(application),
        rail: railOf(application, options),
        amount: input.amount,
        account: input.customer.id,
        live: options.live,
      },
      terminal,
    )
    const repeated = await isRecorded(application, options.reference, options.attempt)
    const { payment, redirectUrl, expiresAt, rail } = await withEffectInError(() => application.payments.deposit(input))
    const { reference } = options
    printResult(terminal, {
      json: options.json,
      result: { reference, rail, payment, redirectUrl, expiresAt, repeated },
      toText:
        () => `${reference} at ${rail}${repeated ? ', recorded before: this is its checkout' : ''}. Open the checkout in a browser:

  ${redirectUrl}

`,
    })
    if (options.wait) await waitForEnd(application, { ...options, ended }, terminal)
  })
}

const chosen = ({ rail }: Options) => (rail === undefined ? {} : { activeRail: rail })

const railOf = (application: Application, { rail }: Options): string => newRail(configOf(application), rail)

const depositInput = async (application: Application, options: Options): Promise<DepositInput> => {
  const { reference, amount: value, currency, attempt } = options
  const { callbacks } = configOf(application)
  return {
    reference,
    ...(attempt !== undefined && { attempt }),
    amount: { value, currency },
    customer: await customerOf(application, options),
    returnUrl: options.returnUrl ?? `${new URL(callbacks.url).origin}/orders/${reference}`,
  }
}

const locales: Readonly<Record<string, string>> = { SE: 'sv-SE', FI: 'fi-FI', DE: 'de-DE', NO: 'nb-NO', DK: 'da-DK' }

const customerOf = async (application: Application, options: Options): Promise<Customer> => {
  const { customer: file, country, live } = options
  if (file !== undefined) return (await readJson(file, 'the customer')) as Customer
  const { environment } = Object(configOf(application).providers[railOf(application, options)]) as {
    readonly environment?: string
  }
  if (live || (environment !== 'local' && environment !== 'test'))
    throw new UsageError(`The rail ${railOf(application, options)} is live: pass the customer with --customer.`)
  return {
    id: 'customer-77',
    firstName: 'Åsa',
    lastName: 'Öberg',
    email: 'asa@customer.example',
    country,
    locale: locales[country] ?? 'en-GB',
  }
}

const final = new Set(['credited', 'not_credited', 'reversed'])

const waitForEnd = async (
  application: Application,
  { reference, json, ended }: Options & { readonly ended: Promise<void> },
  terminal: Terminal,
): Promise<void> => {
  const stop = await receiveCallbacks(application, terminal)
  let isStopped = false
  void ended.then(() => {
    isStopped = true
  })
  try {
    if (!json) terminal.out('Waiting for the customer. Ctrl+C stops waiting; the payment goes on.\n')
    let { state } = await application.payments.getDeposit({ reference })
    while (!final.has(state) && !isStopped) {
      await setTimeout(200)
      state = (await application.payments.getDeposit({ reference })).state
    }
    terminal.out(
      json ? `${JSON.stringify({ reference, state })}\n` : `${reference}: ${stateText(state, painter(terminal))}\n`,
    )
    if (state !== 'credited') throw new NegativeResult()
  } finally {
    await stop()
  }
}

/** Listens at `callbacks.url` if that is an address of this machine. Where the application listens, it receives them. */
const receiveCallbacks = async (application: Application, { err }: Terminal): Promise<() => Promise<void>> => {
  const { hostname, port, protocol } = new URL(configOf(application).callbacks.url)
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || protocol !== 'http:') {
    err('railswitch: callbacks.url is no address of this machine: the application receives the callbacks.\n')
    return async () => {}
  }
  const server = createServer((request, response) => application.payments.callbacks.node(request, response))
  try {
    await once(server.listen(Number(port || 80), hostname.replace(/[[\]]/g, '')), 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return async () => {}
  }
  return async () => {
    server.close()
    server.closeIdleConnections()
  }
}
