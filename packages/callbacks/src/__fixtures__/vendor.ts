import { type CustomerDetails, type Fact, factsOf, intentOf, isOwnMethod, left, type Money, ownMethods, PaymentError, type PaymentProvider, type PaymentRecord, type ParsedReport, type Report, right, type VerifiedCallback } from '@railswitch/core'

export const sek = (value: string): Money => ({ value, currency: 'SEK' })

/** A message of the vendor of these tests, as JSON. It counts as signed if it begins with a brace. */
export interface Message {
  readonly id: string
  /** The vendor's own id of the order. */
  readonly order: string
  readonly method: 'pending' | 'credit' | 'cancel' | 'debit' | 'paid' | 'failed' | 'account' | 'kyc' | 'novelty' | 'checked' | 'differs'
  /** Our reference as the vendor echoes it. */
  readonly echo?: string
  readonly amount?: string
  readonly at?: string
  /** Messages with the same value are about one thing. */
  readonly about?: string
  /** The account that the message reports in addition. */
  readonly account?: string
  /** The vendor's own time, which payabl sends as a further member. */
  readonly timestamp?: string
  readonly customer?: CustomerDetails
}

export type VendorOptions = Partial<Omit<PaymentProvider, 'receive' | 'interpret'>> & {
  /** What the signature covers. */
  readonly signs?: VerifiedCallback['signs']
}

/** A small vendor. Its method `debit` is the reversal of a deposit and, for a withdrawal, the customer's request. */
export const vendorOf = ({ signs = 'everything', ...rest }: VendorOptions = {}): PaymentProvider => ({
  id: 'vendor',
  capabilities: { deposit: { yes: true }, refund: { yes: true }, 'refund.partial': { yes: true } },
  transactions: 'one',
  replays: false,
  questions: {},
  operations: {},
  ...rest,
  interpret: (own) => mergedByKey(ofTheCredit(own.reports.flatMap((report) => factsFor(own, report)))),
  verifyCallback: ({ body }) => {
    const text = new TextDecoder().decode(body)
    if (text === 'poison') throw new Error('marked-secret')
    if (!text.startsWith('{')) return left(refused(text === 'newer' ? 'unsupported' : 'callback_refused'))
    const message = JSON.parse(text) as Message
    return right({
      report: reportOf(message),
      merchantReference: message.echo ?? null,
      signs,
      isQuestion: message.method === 'debit' || message.method === 'kyc',
      isStatementOf: ({ reference }) => reference === 'statement-1',
      ...(message.customer && { customer: message.customer }),
      acknowledge: (answer) => ({ status: 200, contentType: 'text/plain', body: JSON.stringify(answer) }),
    })
  },
})

export const reportOf = ({ id, order, method, amount, at, about, account, timestamp }: Message): ParsedReport => ({
  id,
  at: at ?? '2026-01-01T00:00:00.000Z',
  vendorId: order,
  method,
  ...(amount !== undefined && { money: sek(amount) }),
  members: { ...(about !== undefined && { about }), ...(account !== undefined && { account }), ...(timestamp !== undefined && { timestamp }) },
})

const refused = (code: 'unsupported' | 'callback_refused') =>
  new PaymentError({ code, effect: 'refused', retry: 'never', message: 'refused', hint: 'none' })

const factsFor = (own: PaymentRecord, report: Report): readonly Fact[] => {
  const recorded = intentOf(own, report.intent)
  if (!recorded || report.intent === null || isOwnMethod(report.method)) return []
  const { id, at, vendorId, members, method, proof } = report
  const amount = report.money ?? recorded.intent.expect
  const base = {
    intent: report.intent,
    vendorId,
    at,
    evidence: [id],
    source: proof === 'lookup' ? 'lookup' : 'vendor',
    key: members.about ?? id,
  } as const
  if (method === 'kyc') return [{ ...base, type: 'kyc.received', abort: null }]
  if (method === 'novelty') return [{ ...base, type: 'unrecognised', method }]
  if (proof === 'unproven') {
    const isDecided = method === 'credit' && own.reports.some((one) => isDecisionAbout(one, report))
    return isDecided ? [] : [{ ...base, type: 'review', reason: 'unsigned_money', money: amount }]
  }
  const account = members.account ?? (recorded.intent.kind === 'account' ? vendorId : undefined)
  return [
    ...(account === undefined ? [] : [{ ...base, type: 'account.received', account, mandate: null } as const]),
    ...(recorded.intent.kind === 'deposit' ? depositFacts(method, amount, base) : moneyOutFacts(method, amount, base)),
  ]
}

const isDecisionAbout = ({ method, intent, vendorId }: Report, report: Report): boolean =>
  method === ownMethods.personCredited && intent === report.intent && vendorId === report.vendorId

type Base = Pick<Fact, 'intent' | 'vendorId' | 'at' | 'evidence' | 'source' | 'key'>

const depositFacts = (method: string, amount: Money, base: Base): readonly Fact[] => {
  if (method === 'pending') return [{ ...base, type: 'deposit.not_credited_yet', amount }]
  if (method === 'credit') return [{ ...base, type: 'deposit.credited', amount }]
  if (method === 'debit') return [{ ...base, type: 'deposit.reversed', amount }]
  if (method === 'checked') return [{ ...base, type: 'deposit.checked' }]
  if (method === 'differs') return [{ ...base, type: 'review', reason: 'lookup_differs' }]
  return method === 'cancel' ? [{ ...base, type: 'deposit.not_credited', reason: 'abandoned' }] : []
}

const moneyOutFacts = (method: string, amount: Money, base: Base): readonly Fact[] => {
  if (method === 'debit') return [{ ...base, type: 'withdrawal.requested', amount }]
  if (method === 'paid') return [{ ...base, type: 'payout.confirmed', amount }]
  if (method === 'pending') return [{ ...base, type: 'payout.accepted' }]
  return method === 'cancel' || method === 'failed' ? [{ ...base, type: 'payout.failed', amount: null }] : []
}

/** A reversal applies to the credited order, whatever order the message names. */
const ofTheCredit = (facts: readonly Fact[]): readonly Fact[] => {
  const [credited, ...others] = new Set(factsOf(facts, 'deposit.credited').map(({ vendorId }) => vendorId))
  if (credited === undefined || others.length > 0) return facts
  return facts.map((fact) => (fact.type === 'deposit.reversed' ? { ...fact, vendorId: credited } : fact))
}

/** Several messages about the same reversal are one fact. */
const mergedByKey = (facts: readonly Fact[]): readonly Fact[] => [
  ...facts.filter(({ type }) => type !== 'deposit.reversed'),
  ...[
    ...factsOf(facts, 'deposit.reversed')
      .reduce((merged, fact) => {
        const before = merged.get(fact.key)
        return merged.set(fact.key, before ? { ...before, evidence: [...before.evidence, ...fact.evidence] } : fact)
      }, new Map<string, Fact>())
      .values(),
  ],
]
