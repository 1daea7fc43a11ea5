import { compare, type Either, either, pipe } from '@railswitch/core/provider'
import { fieldRules } from '../client/field-rules.ts'
import { bytesOf, decodeByteText, type FormFailure, type FormRecord, parseFormBytes } from '../wire/form.ts'
import { currencies } from '../wire/markets.ts'
import { createSigner } from '../wire/signature.ts'
import { maskedText, shownName } from './masked-text.ts'
import { requestMistake } from './request-mistakes.ts'
import { guessAction, requiredParameters } from './required-parameters.ts'

/** One of the five causes of -999 and -6000, which payabl does not distinguish. */
export interface Cause {
  readonly cause: 'signature' | 'credentials' | 'environment' | 'fields' | 'currency'
  /** `open`: only payabl can find out. */
  readonly finding: 'excluded' | 'found' | 'open'
  /** For people to read. Holds no values but amounts and currencies. */
  readonly why: string
}

/** The possible causes of -999 and -6000 for a request. */
export interface RequestDiagnostics {
  /** Every hashed parameter, in the order of hashing. */
  readonly names: readonly string[]
  /** The hashed text, with the secret and personal values masked. */
  readonly masked: string
  /** One of the secrets makes its signature. */
  readonly genuine: boolean
  readonly causes: readonly Cause[]
}

export interface RequestContext {
  /** Any of them can have signed. */
  readonly secrets: readonly [string, ...string[]]
  /** Such as `payment_refund`. Default: guessed from the parameters. */
  readonly action?: string | undefined
  /** The address that it was sent to, to compare with the account. */
  readonly url?: string | undefined
}

/**
 * Finds or excludes the causes of -999 and -6000 that can be checked locally. Left: the body is not a form. Pure.
 * @see https://docs.payabl.com/docs/response-codes-detailed (read 2026-11-21)
 */
export const diagnoseRequest = (
  body: string | Uint8Array,
  { secrets, action, url }: RequestContext,
): Either<FormFailure, RequestDiagnostics> =>
  pipe(
    parseFormBytes(bytesOf(body)),
    either.map((form) => {
      const { signature, ...hashed } = form
      const parts = Object.entries(hashed)
      const ordered = parts.toSorted(([one], [other]) => compare(one, other))
      const genuine = secrets.some((secret) => createSigner(secret)(parts) === signature)
      return {
        names: ordered.map(([name]) => shownName(name)),
        masked: maskedText(ordered),
        genuine,
        causes: [
          signatureCause({ signature, genuine, parts, secrets }),
          credentialsCause(form),
          environmentCause(form, url),
          fieldsCause(form, action),
          currencyCause(form),
        ],
      }
    }),
  )

interface SignedRequest {
  readonly signature: string | undefined
  readonly genuine: boolean
  readonly parts: readonly (readonly [string, string])[]
  readonly secrets: readonly string[]
}

const signatureCause = ({ signature, genuine, parts, secrets }: SignedRequest): Cause => {
  const cause = 'signature'
  if (genuine) return { cause, finding: 'excluded', why: 'The secret makes this signature.' }
  if (signature === undefined) return { cause, finding: 'found', why: 'There is no signature.' }
  const mistake = secrets.map((secret) => requestMistake(signature, { parts, secret })).find((one) => one !== null)
  return { cause, finding: 'found', why: mistake ?? 'The secret does not make this signature.' }
}

const credentialsCause = ({ merchantid = '' }: FormRecord): Cause => ({
  cause: 'credentials',
  ...(merchantid === ''
    ? { finding: 'found', why: 'The merchantid is missing.' }
    : { finding: 'open', why: 'Only payabl knows whether this merchantid has this secret.' }),
})

/** The accounts of the public sandbox begin with `gateway_test`. */
const environmentCause = ({ merchantid = '' }: FormRecord, url: string | undefined): Cause => {
  const isSandbox = url !== undefined && /sandbox|-dev\b|127\.0\.0\.1|localhost/.test(url)
  return url !== undefined && merchantid.startsWith('gateway_test') && !isSandbox
    ? {
        cause: 'environment',
        finding: 'found',
        why: 'A sandbox account at an address that is not that of the sandbox.',
      }
    : {
        cause: 'environment',
        finding: 'open',
        why: 'Live and sandbox have different accounts and secrets: check the address.',
      }
}

const fieldsCause = (form: FormRecord, action: string | undefined): Cause => {
  const names = new Set(Object.keys(form).filter((name) => form[name] !== ''))
  const required = requiredParameters(action ?? guessAction(names), names)
  const missing = ['merchantid', ...(required ?? [])].filter((name) => !names.has(name))
  const broken = [...names].flatMap((name) => {
    const documented = fieldRules[name]
    return documented && !documented.fits(decodeByteText(form[name] ?? ''))
      ? [`${name} must be ${documented.mustBe}`]
      : []
  })
  const found = [...missing.map((name) => `${name} is missing`), ...broken]
  if (found.length > 0) return { cause: 'fields', finding: 'found', why: `${found.join('; ')}.` }
  return required
    ? { cause: 'fields', finding: 'excluded', why: 'Every documented field is present and well-formed.' }
    : { cause: 'fields', finding: 'open', why: 'The fields of this action are not documented here.' }
}

const currencyCause = ({ currency }: FormRecord): Cause => {
  if (currency === undefined) return { cause: 'currency', finding: 'excluded', why: 'The request has no currency.' }
  return currencies.has(currency)
    ? { cause: 'currency', finding: 'open', why: `Only payabl knows whether the account is enabled for ${currency}.` }
    : {
        cause: 'currency',
        finding: 'found',
        why: `${printableCurrency(currency)} is not a currency of Trustly at payabl.`,
      }
}

const printableCurrency = (currency: string): string => (/^[A-Za-z]{3}$/.test(currency) ? currency : 'This')
