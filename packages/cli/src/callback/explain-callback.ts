import { createTokens } from '@railswitch/callbacks'
import { isLeft, type PaymentProvider, type VerifiedCallback } from '@railswitch/core'
import { notificationMeaning as payablMeaning } from '@railswitch/payabl-trustly/diagnostics'
import { notificationMeaning as trustlyMeaning } from '@railswitch/trustly-direct/diagnostics'
import type { ConfigFile } from 'railswitch'
import { openStoreIfAny } from '../application/open-store.ts'
import type { ConfigOptions, StoreOptions } from '../application/options.ts'
import { railProviders } from '../application/rail-providers.ts'
import { readConfigurationIfAny } from '../application/read-configuration.ts'
import { NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'
import { callbackEffect } from './callback-effect.ts'
import { type CallbackContent, callbackContent } from './callback-members.ts'
import type { Explanation, TokenFinding } from './explanation.ts'
import { explanationText } from './explanation-text.ts'
import { type AddressedCallback, paymentOfCallback } from './payment-of-callback.ts'
import { railOfCallback, vendorOfBody } from './rail-of-callback.ts'
import { readCallbackFile } from './read-callback-file.ts'
import type { ReceivedCallback } from './saved-callback.ts'
import { verifiedBy } from './verified-by.ts'

interface Options extends ConfigOptions, StoreOptions {
  readonly rail?: string
  readonly json?: true
}

export const explainCallback = async (file: string, options: Options, terminal: Terminal): Promise<void> => {
  const callback = await readCallbackFile(file)
  const read = await readConfigurationIfAny(options, terminal)
  const explanation = read
    ? await withConfiguration(file, callback, { ...read, options })
    : withoutConfiguration(file, callback)
  printResult(terminal, {
    json: options.json,
    result: explanation,
    toText: () => explanationText(explanation, terminal),
  })
  if (!explanation.signature.verified) throw new NegativeResult()
}

interface Context {
  readonly config: ConfigFile
  readonly env: Readonly<Record<string, string | undefined>>
  readonly options: Options
}

const withConfiguration = async (
  file: string,
  callback: ReceivedCallback,
  { config, env, options }: Context,
): Promise<Explanation> => {
  const rails = railProviders(config)
  const { rail, provider, token } = railOfCallback(rails, callback, options.rail)
  const { body, headers } = callback
  const contentType = headers['content-type'] ?? ''
  const verified = provider.verifyCallback({ body, contentType, headers })
  const signature = verifiedBy(provider.id, Object(config.providers[rail]), body)
  const described = {
    ...describe(file, callback, provider.id),
    rail,
    signature: {
      key: signature?.key ?? null,
      mistakes: signature?.mistakes ?? [],
      verified: !isLeft(verified),
      reason: isLeft(verified) ? verified.left.message : null,
    },
    token: await tokenOf(config, rail, callback, token),
  }
  if (isLeft(verified)) return { ...described, ...unread, notKnown: [] }
  const addressed = {
    provider,
    rail,
    token: described.token.state === 'genuine' ? described.token : null,
    callback: verified.right,
  }
  const { notKnown, ...found } = await applied(rails, addressed, { env, options })
  return {
    ...described,
    ...reported(verified.right),
    ...found,
    notKnown: callback.path === null ? [...notKnown, noAddress] : notKnown,
  }
}

const withoutConfiguration = (file: string, callback: ReceivedCallback): Explanation => {
  const provider = vendorOfBody(callback)
  const signature = verifiedBy(provider, null, callback.body) ?? { verified: false, key: null, mistakes: [] }
  return {
    ...describe(file, callback, provider),
    rail: null,
    signature: { ...signature, reason: signature.verified ? null : 'No published key of the vendor verifies it.' },
    token: { state: 'not_known' },
    ...unread,
    notKnown: [
      'Without a configuration, only published keys of vendors are tried, and neither the rail nor the payment is known: pass --config or --env-file.',
    ],
  }
}

const noAddress =
  'The file has only the body, without the address: with the genuine token of a payment, the callback could be applied to that payment.'

const unread = { vendorId: null, reference: null, money: null, payment: null, effect: null }

const describe = (file: string, { receivedAt, body }: ReceivedCallback, provider: string) => {
  const content = callbackContent(provider, body)
  return { file, receivedAt, provider, ...content, meaning: meaningOf(provider, content) }
}

const meaningOf = (provider: string, { method, members }: CallbackContent): string | null => {
  if (provider === 'trustly-direct') return method === null ? null : trustlyMeaning(method)
  if (provider !== 'payabl-trustly') return null
  const values = Object.fromEntries(members.map(({ name, value }) => [name, value ?? undefined]))
  return payablMeaning(values)
}

const reported = ({ report, merchantReference }: VerifiedCallback) => ({
  method: report.method,
  vendorId: report.vendorId,
  reference: merchantReference,
  money: report.money ?? null,
})

const tokenOf = async (
  { callbacks }: ConfigFile,
  rail: string,
  { path }: ReceivedCallback,
  token: string | null,
): Promise<TokenFinding> => {
  if (path === null) return { state: 'not_known' }
  if (token === null) return { state: 'none' }
  const [first, ...older] = callbacks.secrets
  const claims = first === undefined ? null : await createTokens([first, ...older]).open(rail, token)
  return claims ? { state: 'genuine', ...claims } : { state: 'not_ours' }
}

/** The payment and the effect, from the store. */
const applied = async (
  rails: ReadonlyMap<string, PaymentProvider>,
  addressed: AddressedCallback,
  { env, options }: Pick<Context, 'env' | 'options'>,
): Promise<Pick<Explanation, 'payment' | 'effect' | 'notKnown'>> => {
  const opened = await openStoreIfAny(options, env)
  if (!opened)
    return {
      payment: null,
      effect: null,
      notKnown: [
        'Without a store, neither the payment nor its next state is known: set DATABASE_URL, or pass --store-folder.',
      ],
    }
  try {
    const { owner, record, because } = await paymentOfCallback(opened.store, addressed)
    const reference = record?.intents[0]?.intent.reference ?? null
    const isPlaced = owner.type === 'owned' || owner.type === 'named'
    return {
      payment: { applied: owner.type === 'owned', reference, because },
      effect: record && isPlaced ? callbackEffect(rails, record, owner, addressed) : null,
      notKnown: [],
    }
  } finally {
    await opened.close()
  }
}
