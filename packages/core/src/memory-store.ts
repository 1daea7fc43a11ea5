import { randomUUID } from 'node:crypto'
import type { Intent, RecordedIntent } from './intent.ts'
import { judgeBegin } from './judge-begin.ts'
import {
  concluded,
  forgotten,
  handledThreadOf,
  type KeptNews,
  orphanOf,
  railOf,
  rootOf,
  sameKey,
  subjectOf,
  threadOf,
  unhandledOf,
} from './kept-payment.ts'
import { needsPerson } from './needs-person.ts'
import type { AnyAnswer } from './payment-event.ts'
import { wireReference } from './reference.ts'
import type { Claim, News, Store } from './store.ts'

/** Keeps payments in this process only: for tests and demonstrations. `live` refuses it. `now`: for tests, ISO 8601 out. */
export const memoryStore = ({ now = () => new Date() }: { readonly now?: () => Date } = {}): Store<void> => {
  const held: Held[] = []
  const find = (matches: (payment: Held) => boolean): Held | undefined => held.find(matches)
  const add = (orphan?: string): Held => {
    const payment: Held = {
      name: randomUUID(),
      intents: [],
      news: [],
      lease: null,
      due: null,
      loan: null,
      ...(orphan && { orphan }),
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
      const existing =
        held.flatMap(({ intents }) => intents).find((recorded) => sameKey(recorded.intent, intent)) ??
        held
          .flatMap((other) => (other === payment ? [] : other.intents))
          .find((recorded) => sameReference(recorded, intent))
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
      payment.intents = payment.intents.flatMap(
        (recorded) => (sameKey(recorded.intent, intent) ? concluded(recorded, conclusion, vendorIds) : recorded) ?? [],
      )
      touch(payment)
    },

    async forget(reference) {
      const wire = wireReference(reference)
      const payment = find(({ intents }) => intents.some(({ intent }) => wireReference(intent.reference) === wire))
      if (payment) Object.assign(payment, forgotten(payment))
      return payment !== undefined
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
      payment.lease = { token, until: now().getTime() + leaseMs, news: kept }
      return { state: 'mine', token, before: handledThreadOf(payment), observation: kept.observation }
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
        return {
          payment: payment.name,
          loan: payment.loan,
          thread: threadOf(payment),
          unhandled: unhandledOf(payment),
        }
      })
    },

    async postpone(loan, due) {
      const payment = find((candidate) => candidate.loan === loan)
      if (payment) Object.assign(payment, { due, loan: null })
    },

    async *reviews() {
      for (const payment of [...held]) {
        const thread = threadOf(payment)
        if (needsPerson(thread)) yield { rail: railOf(payment), thread }
      }
    },
  }

  function touch(payment: Held): void {
    payment.due = now().toISOString()
    payment.loan = null
  }

  function locate(news: News): { payment: Held; subject: RecordedIntent | null } {
    // What the vendor echoed outranks what its transaction is known for, over all payments.
    for (const by of [{ ...news, vendorIds: [] }, news])
      for (const payment of held) {
        const subject = subjectOf(payment, by)
        if (subject) return { payment, subject }
      }
    const orphan = orphanOf(news)
    return { payment: find((payment) => payment.orphan === orphan) ?? add(orphan), subject: null }
  }

  function keep(payment: Held, news: News, subject: RecordedIntent | null): MutableNews {
    const observation = news.observe(threadOf(payment), subject)
    const kept = { rail: news.rail, observation, answer: null }
    payment.news.push(kept)
    touch(payment)
    return kept
  }
}

interface MutableNews extends KeptNews {
  answer: AnyAnswer | null
}

interface Held {
  readonly name: string
  intents: readonly RecordedIntent[]
  readonly news: MutableNews[]
  /** When `settle` looks at it next, and who is looking. */
  due: string | null
  loan: string | null
  lease: { readonly token: string; until: number; readonly news: MutableNews } | null
  /** News of a payment that is not known here. */
  readonly orphan?: string
}

const sameReference = (recorded: RecordedIntent, { reference }: Intent): boolean =>
  wireReference(recorded.intent.reference) === wireReference(reference)

const isThat =
  (news: News) =>
  ({ rail, observation }: KeptNews): boolean =>
    rail === news.rail && observation.id === news.id
