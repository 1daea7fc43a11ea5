import { isLeft, type Logger, type Runtime } from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import type { Payments } from 'railswitch'
import { createSimulatedPayments, createSimulatedTokens } from 'railswitch/testing'
import type { Transaction } from './database.ts'
import type { Delivered, Reply } from './delivered.ts'
import { createEventHandlers } from './event-handlers.ts'
import type { Journal } from './journal.ts'
import { vendorKeys } from './keys.ts'
import { createProcessLife, type ProcessLife } from './process-life.ts'
import type { Settings } from './settings.ts'
import type { ShopDependencies } from './shop-dependencies.ts'
import type { Trace } from './trace.ts'
import { signerOf, verifierOf } from './trustly-signatures.ts'

/** One process of the shop, started from its settings. */
export interface Shop {
  readonly life: ProcessLife
  readonly settings: Settings
  readonly payments: Payments<Transaction>
  readonly receive: (delivered: Delivered) => Promise<Reply>
}

export const callbackUrl = 'https://shop.example/callbacks'

/** `name`: of this run, unique in the world. `skewMs`: how far the clock of its machine is ahead. */
export const startShop = (
  dependencies: ShopDependencies,
  name: string,
  settings: Settings,
  skewMs: () => number,
): Shop => {
  const { clock, random, database, wire, vendors, sent, trace, journal } = dependencies
  const life = createProcessLife(name, clock)
  const uuids = random.stream('uuids', name)
  const runtime: Runtime = {
    now: () => new Date(clock.now() + skewMs()),
    after: (ms, job) => clock.after(ms, () => life.isAlive() && job()),
    randomUUID: uuids.uuid,
  }
  const transport = wire.connect(life)
  const { merchant } = vendors.trustly
  const trustly = createTrustlyDirect(
    {
      environment: 'local',
      url: vendors.trustly.url,
      publicKey: vendors.trustly.publicKey,
      username: merchant.username,
      password: merchant.password,
      signer: signerOf(vendorKeys()[settings.trustlyKey]),
    },
    { transport, runtime, verify: verifierOf(vendors.trustly.publicKey) },
  )
  const [secret, ...older] = settings.payablSecrets
  const payabl = createPayablTrustly(
    {
      environment: 'local',
      url: vendors.payabl.url,
      merchantId: vendors.payabl.merchant.merchantId,
      secret: [secret, ...older],
    },
    { transport, runtime },
  )
  if (isLeft(trustly)) throw new Error(JSON.stringify(trustly.left))
  if (isLeft(payabl)) throw new Error(JSON.stringify(payabl.left))
  const providers = { trustly: sent.watch(trustly.right), payabl: sent.watch(payabl.right) }
  const payments = createSimulatedPayments<Transaction>(
    {
      active: settings.active,
      providers: Object.fromEntries(settings.rails.map((rail) => [rail, providers[rail]])),
      store: database.connect(life),
      callbacks: { url: callbackUrl, secrets: settings.callbackSecrets },
      statement: 'SHOP',
      reconciled: settings.reconciled,
      logger: loggerOf(life, journal, trace),
    },
    { runtime, createTokens: createSimulatedTokens },
  )
  payments.on(createEventHandlers(dependencies, life))
  trace.add(name, `starts with settings ${settings.version}, active ${settings.active}`)
  return {
    life,
    settings,
    payments,
    receive: async ({ url, contentType, body }) => {
      const request = new Request(url, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: Buffer.from(body),
      })
      const response = await life.outlive(payments.callbacks.web(request))
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: new Uint8Array(await response.arrayBuffer()),
      }
    },
  }
}

const loggerOf = (life: ProcessLife, journal: Journal, trace: Trace): Logger => {
  const log = (level: string) => (fields: object, message: string) => {
    if (!life.isAlive()) return
    const line = `${level} ${message} ${JSON.stringify(fields, withoutStack)}`.replaceAll(
      fingerprint,
      'SHA-256 of a key',
    )
    journal.logged(line)
    trace.add(life.name, line)
  }
  return { info: log('info'), warn: log('warn'), error: log('error') }
}

/** Every process makes keys of its own, so the trace names none of them. */
const fingerprint = /SHA-256 [0-9a-f]{16}/g

/** The frames of a stack are not part of the trace: they change with the caller and with the optimisations of V8. */
const withoutStack = (name: string, value: unknown): unknown => (name === 'stack' ? undefined : value)
