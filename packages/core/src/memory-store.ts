import { randomUUID } from 'node:crypto'
import type { Intent, RecordedIntent } from './intent.ts'
import { judgeBegin } from './judge-begin.ts'
import { needsPerson } from './needs-person.ts'
import type { Observation, Thread } from './observation.ts'
import type { AnyAnswer } from './payment-event.ts'
import { parsePaymentRef, paymentRef } from './payment-ref.ts'
import { merchantReference, wireReference } from './reference.ts'
import type { Claim, News, Store } from './store.ts'

/** Keeps payments in this process only: for tests and demonstrations. `live` refuses it. `now`: for tests, ISO 8601 out. */
export const memoryStore = ({ now = () => new Date() }: { readonly now?: () => Date } = {}): Store<void> => {
  const held: Held[] = []
  const find = (matches: (payment: Held) => boolean): Held | undefined => held.find(matches)
  const add = (orphanOf?: string): Held => {
    const payment: Held = {
      name: randomUUID(),
      intents: [],
      news: [],
      lease: null,
      due: null,
      loan: null,
      ...(orphanOf && { orphanOf }),
    }
    held.push(payment)
    return payment
  }
  const byToken = (token: string): Held | undefined => find(({ lease }) => lease?.token === token)

  return {
    durable: false,

    async begin(intent, fingerprint) {
      const root = rootOf(intent)
      const payment = find(({ intents }) => intents.some((recorded) => rootOf(recorded.intent) === root))
      const existing = held.flatMap(({ intents }) => intents).find((recorded) => sameKey(recorded.intent, intent))
      const thread = payment ? threadOf(payment) : { intents: [], observations: [] }
      const judged = judgeBegin(intent, fingerprint, existing ?? null, thread)
      if (judged.state === 'resume' && payment)
        payment.intents = payment.intents.map((recorded) =>
          sameKey(recorded.intent, intent) ? { ...recorded, resumed: true } : recorded,
        )
      if (judged.state !== 'new') return judged
      const recorded: RecordedIntent = {
        intent,
        fingerprint,
        begunAt: now().toISOString(),
        resumed: false,
        conclusion: null,
        vendorIds: [],
      }
      const home = payment ?? add()
      home.intents = [...home.intents, recorded]
      touch(home)
      return { state: 'new', recorded, thread: threadOf(home) }
    },

    async conclude(intent, conclusion, vendorIds) {
      const payment = find(({ intents }) => intents.some((recorded) => sameKey(recorded.intent, intent)))
      if (!payment) return
      payment.intents = payment.intents.flatMap((recorded): RecordedIntent[] => {
        if (!sameKey(recorded.intent, intent)) return [recorded]
        if (conclusion === 'not_sent') return recorded.conclusion || recorded.resumed ? [recorded] : []
        const open = recorded.conclusion === null || recorded.conclusion.state === 'unknown'
        const ids = [...new Set([...recorded.vendorIds, ...vendorIds])]
        return [{ ...recorded, vendorIds: ids, conclusion: open ? conclusion : recorded.conclusion }]
      })
      touch(payment)
    },

    async find(reference) {
      const wire = wireReference(reference)
      const payment = find(({ intents }) => intents.some(({ intent }) => wireReference(intent.reference) === wire))
      return payment ? threadOf(payment) : null
    },

    async claim(news, leaseMs): Promise<Claim> {
      const known = find((payment) => payment.news.some(isThat(news)))
      const { payment, subject } = known ? { payment: known, subject: null } : locate(news)
      const kept = payment.news.find(isThat(news)) ?? keep(payment, news, subject)
      if (kept.answer !== null) return { state: 'done', answer: kept.answer }
      if (payment.lease && payment.lease.until > now().getTime()) return { state: 'busy' }
      const token = randomUUID()
      touch(payment)
      payment.lease = { token, until: now().getTime() + leaseMs, news: kept }
      const handled = payment.news.filter(({ answer }) => answer !== null)
      const before = { intents: payment.intents, observations: handled.map(({ observation }) => observation) }
      return { state: 'mine', token, before, observation: kept.observation }
    },

    async complete(token, answer, write) {
      const payment = byToken(token)
      if (!payment?.lease) return false
      const { lease } = payment
      lease.until = Number.POSITIVE_INFINITY
      try {
        await write?.()
        lease.news.answer = answer
      } finally {
        touch(payment)
        payment.lease = null
      }
      return true
    },

    async release(token) {
      const payment = byToken(token)
      if (payment) payment.lease = null
    },

    async open({ before, until, limit }) {
      const due = held.filter((payment) => payment.due !== null && payment.due <= before)
      const first = due.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1)).slice(0, limit)
      return first.map((payment) => {
        payment.due = until
        payment.loan = randomUUID()
        const unhandled = payment.news.filter(({ answer }) => answer === null)
        return { payment: payment.name, loan: payment.loan, thread: threadOf(payment), unhandled }
      })
    },

    async postpone(loan, due) {
      const payment = find((candidate) => candidate.loan === loan)
      if (payment) Object.assign(payment, { due, loan: null })
    },

    async *reviews() {
      for (const payment of [...held]) {
        const thread = threadOf(payment)
        const rail = payment.intents[0]?.intent.rail ?? payment.news[0]?.rail ?? ''
        if (needsPerson(thread)) yield { rail, thread }
      }
    },
  }

  function touch(payment: Held): void {
    payment.due = now().toISOString()
    payment.loan = null
  }

  function locate(news: News): { payment: Held; subject: RecordedIntent | null } {
    for (const payment of held) {
      const ours = payment.intents.filter(({ intent }) => intent.rail === news.rail)
      const subject =
        ours.find(({ intent }) => merchantReference(intent) === news.merchantReference) ??
        ours.find(({ intent, vendorIds }) =>
          [...vendorIds, ...learntIds(payment, intent)].some((id) => news.vendorIds.includes(id)),
        )
      if (subject) return { payment, subject }
    }
    const orphanOf = `${news.rail} ${news.vendorIds[0] ?? news.id}`
    return { payment: find((payment) => payment.orphanOf === orphanOf) ?? add(orphanOf), subject: null }
  }

  function keep(payment: Held, news: News, subject: RecordedIntent | null): KeptNews {
    const observation = news.observe(threadOf(payment), subject)
    const kept = { rail: news.rail, observation, answer: null }
    payment.news.push(kept)
    touch(payment)
    return kept
  }
}

interface KeptNews {
  readonly rail: string
  readonly observation: Observation
  answer: AnyAnswer | null
}

interface Held {
  readonly name: string
  intents: readonly RecordedIntent[]
  readonly news: KeptNews[]
  /** When `settle` looks at it next, and who is looking. */
  due: string | null
  loan: string | null
  lease: { readonly token: string; until: number; readonly news: KeptNews } | null
  /** News of a payment that is not known here. */
  readonly orphanOf?: string
}

const threadOf = ({ intents, news }: Held): Thread => ({
  intents,
  observations: news.map(({ observation }) => observation),
})

/** One payment can own several of the vendor's transactions, and callbacks tell the later ones. */
const learntIds = ({ news }: Held, intent: Intent): readonly string[] =>
  news.flatMap(({ observation: { subject, trust, vendorId } }) =>
    subject === paymentRef(intent) && trust !== 'claimed' ? [vendorId] : [],
  )

/** The deposit's reference, which its refunds share. */
const rootOf = (intent: Intent): string =>
  (intent.of && parsePaymentRef(intent.of)?.reference) ?? wireReference(intent.reference)

const sameKey = (a: Intent, b: Intent): boolean =>
  a.attempt === b.attempt && wireReference(a.reference) === wireReference(b.reference)

const isThat =
  (news: News) =>
  ({ rail, observation }: KeptNews): boolean =>
    rail === news.rail && observation.id === news.id
