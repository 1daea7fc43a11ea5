/** The members of a callback's body, without the values of personal data. Nothing of it is proven. */
export interface CallbackContent {
  /** The vendor's name of its kind. */
  readonly method: string | null
  readonly members: readonly CallbackMember[]
}

export interface CallbackMember {
  readonly name: string
  /** Null: it may be personal data. */
  readonly value: string | null
  /** Whether the signature covers it. */
  readonly signed: boolean
}

/** Reads the body of a vendor whose format is known here. */
export const callbackContent = (provider: string, body: Uint8Array): CallbackContent => {
  if (provider === 'trustly-direct') return trustlyContent(body)
  return provider === 'payabl-trustly' ? payablContent(body) : { method: null, members: [] }
}

const trustlyContent = (body: Uint8Array): CallbackContent => {
  const { method, params } = Object(jsonOf(body))
  const members = Object.entries(Object(Object(params).data)).map(([name, value]) => toMember(name, value, true))
  return { method: typeof method === 'string' ? method : null, members }
}

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
}

const payablContent = (body: Uint8Array): CallbackContent => {
  const form = new URLSearchParams(new TextDecoder().decode(body).trimEnd())
  return {
    method: form.get('type'),
    members: [...form]
      .filter(([name]) => name !== 'security')
      .map(([name, value]) => toMember(name, value, coveredBySecurity.has(name))),
  }
}

/** @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21) */
const coveredBySecurity: ReadonlySet<string> = new Set(['transactionid', 'type', 'errorcode', 'timestamp'])

const toMember = (name: string, value: unknown, signed: boolean): CallbackMember => ({
  name: /^[A-Za-z][\w.[\]-]{0,39}$/.test(name) ? name : '(no name)',
  value: impersonal.has(name) && typeof value !== 'object' ? String(value) : null,
  signed,
})

/** Every other member may be personal data. */
const impersonal: ReadonlySet<string> = new Set(
  `amount currency errorcode messageid notificationid orderid payment_method payment_state timestamp transactionid
  type`.split(/\s+/),
)
