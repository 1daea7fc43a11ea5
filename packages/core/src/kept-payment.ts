import type { Conclusion, Intent, RecordedIntent } from './intent.ts'
import type { Fact, Observation, Thread } from './observation.ts'
import type { AnyAnswer } from './payment-event.ts'
import { parsePaymentRef, paymentRef } from './payment-ref.ts'
import { merchantReference, wireReference } from './reference.ts'
import type { News } from './store.ts'

/** News as a store keeps it; `answer` is null until a handler has finished with it. */
export interface KeptNews {
  readonly rail: string
  readonly observation: Observation
  readonly answer: AnyAnswer | null
}

/** All that a store keeps of one payment, each in the order of arrival. The rules below are every store's. */
export interface KeptPayment {
  readonly intents: readonly RecordedIntent[]
  readonly news: readonly KeptNews[]
}

export const threadOf = ({ intents, news }: KeptPayment): Thread => ({
  intents,
  observations: news.map(({ observation }) => observation),
})

/** The thread as handlers have seen it so far. */
export const handledThreadOf = ({ intents, news }: KeptPayment): Thread =>
  threadOf({ intents, news: news.filter(({ answer }) => answer !== null) })

export const unhandledOf = ({ news }: KeptPayment): KeptPayment['news'] => news.filter(({ answer }) => answer === null)

/** The rail that a payment began at, or that first told of it. */
export const railOf = ({ intents, news }: KeptPayment): string => intents[0]?.intent.rail ?? news[0]?.rail ?? ''

/** What makes intents one payment: the deposit's reference as it travels, which its refunds share. */
export const rootOf = (intent: Intent): string =>
  (intent.of && parsePaymentRef(intent.of)?.reference) ?? wireReference(intent.reference)

export const sameKey = (a: Intent, b: Intent): boolean =>
  a.attempt === b.attempt && wireReference(a.reference) === wireReference(b.reference)

/** Where news is kept that no payment explains: under the vendor's transaction. */
export const orphanOf = (news: Pick<News, 'rail' | 'id' | 'vendorIds'>): string =>
  `${news.rail} ${news.vendorIds[0] ?? news.id}`

/** The intent that news is about: the one that the vendor echoed, else the first that one of the vendor's ids is known for. */
export const subjectOf = (
  { intents, news: kept }: KeptPayment,
  news: Pick<News, 'rail' | 'vendorIds' | 'merchantReference'>,
): RecordedIntent | null => {
  const ours = intents.filter(({ intent }) => intent.rail === news.rail)
  return (
    ours.find(({ intent }) => merchantReference(intent) === news.merchantReference) ??
    ours.find(({ intent, vendorIds }) =>
      [...vendorIds, ...learntIds(kept, intent)].some((id) => news.vendorIds.includes(id)),
    ) ??
    null
  )
}

/** One payment can own several of the vendor's transactions, and callbacks tell the later ones. */
const learntIds = (news: KeptPayment['news'], intent: Intent): readonly string[] =>
  news.flatMap(({ observation: { subject, trust, vendorId } }) =>
    subject === paymentRef(intent) && trust !== 'claimed' ? [vendorId] : [],
  )

/** The intent with its call's end; null when it is to be forgotten. An answer never gives way to a worse one. */
export const concluded = (
  recorded: RecordedIntent,
  conclusion: Conclusion | 'not_sent',
  vendorIds: readonly string[],
): RecordedIntent | null => {
  if (conclusion === 'not_sent') return recorded.conclusion || recorded.resumed ? recorded : null
  const open = recorded.conclusion === null || recorded.conclusion.state === 'unknown'
  const ids = [...new Set([...recorded.vendorIds, ...vendorIds])]
  return { ...recorded, vendorIds: ids, conclusion: open ? conclusion : recorded.conclusion }
}

/** Without what says who it is for: the customer's id, the account's, and the digest of the request that named them. */
export const forgotten = ({ intents, news }: KeptPayment): KeptPayment => ({
  intents: intents.map((recorded) => {
    const { customerId: _forgotten, ...settings } = recorded.intent.settings
    return { ...recorded, fingerprint: '', intent: { ...recorded.intent, settings } }
  }),
  news: news.map((kept) => ({ ...kept, observation: { ...kept.observation, fact: anonymous(kept.observation.fact) } })),
})

const anonymous = (fact: Fact): Fact => (fact.type === 'account.received' ? { ...fact, account: '' } : fact)
