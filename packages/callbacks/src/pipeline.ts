import type { Delivered, Telemetry } from '@railswitch/core'
import {
  type AnyAnswer,
  type Arrival,
  answerFor,
  type Claim,
  type CustomerDetails,
  type Delivery,
  isLeft,
  type Logger,
  nameOf,
  type PaymentProvider,
  type PaymentRecord,
  type RecordRules,
  type Reply,
  type Store,
  type VerifiedCallback,
} from '@railswitch/core'
import { createEventRunner } from './event-runner.ts'
import type { HandlerRegistry } from './handlers.ts'
import type { Tokens } from './token.ts'

export interface PipelineOptions<Tx> {
  readonly rails: ReadonlyMap<string, PaymentProvider>
  readonly rules: RecordRules
  readonly store: Store<Tx>
  readonly tokens: Tokens
  readonly handlers: HandlerRegistry<Tx>
  readonly logger: Logger
  /** How long a handler may take, in milliseconds; then the vendor is told to come back. */
  readonly handlerTimeoutMs: number
  readonly telemetry: Telemetry
}

interface Received extends Delivered {
  readonly reply: Reply
}

/** `failed`, `busy`: stored, and `settle` tries the handler again. `not_stored`: the store failed. */
export type Recorded = 'handled' | 'failed' | 'busy' | 'not_stored'

export interface Pipeline {
  /** Verify, store, derive, handle, acknowledge: one callback, whatever the vendor. Never rejects. */
  receive(rail: string, token: string | null, delivery: Delivery): Promise<Reply>
  /** The same for what we found out ourselves and what a person said. Never rejects. */
  record(arrival: Arrival): Promise<Recorded>
  /** Handles what waits in a record, by the store's name of it. Never rejects. */
  handlePending(key: string): Promise<Recorded>
}

const plain = (status: number): Reply => ({ status, contentType: 'text/plain', body: '' })

/** No vendor takes a 5xx without a body for an answer: it delivers again. */
const comeBack = (outcome: 'busy' | 'failed'): Received => ({ reply: plain(503), outcome })

const refused = (status: number): Received => ({ reply: plain(status), outcome: 'refused' })

export const createPipeline = <Tx>(options: PipelineOptions<Tx>): Pipeline => {
  const { rails, rules, store, tokens, logger, telemetry } = options
  // A handler that overstays is given up before its lease ends, so that two never work on one payment.
  const leaseMs = options.handlerTimeoutMs * 2
  const runEvents = createEventRunner({ ...options, leaseMs })

  return {
    async receive(rail, token, delivery) {
      const provider = rails.get(rail)
      if (!provider) return plain(404)
      const received = await telemetry.callback(
        rail,
        () => receiveFrom(provider, rail, token, delivery),
        (delivered) => delivered,
      )
      return received.reply
    },

    record: (arrival) => recorded({ id: arrival.report.id }, () => store.claim(arrival, leaseMs, rules)),

    handlePending: (key) =>
      recorded({ record: key }, async () => {
        const claim = await store.claimRecord(key, leaseMs, rules)
        return claim ?? { state: 'idle', record: { key, intents: [], reports: [], emitted: [] }, reportId: null }
      }),
  }

  async function receiveFrom(
    provider: PaymentProvider,
    rail: string,
    token: string | null,
    delivery: Delivery,
  ): Promise<Received> {
    const verified = verify(rail, provider, delivery)
    if (verified === null) return { reply: plain(500), outcome: 'failed' }
    if (isLeft(verified)) {
      logger.warn({ rail, code: verified.left.code, rule: verified.left.message }, 'callback refused')
      return refused(verified.left.code === 'unsupported' ? 503 : 400)
    }
    try {
      return await acknowledge(provider, rail, token, verified.right)
    } catch (error) {
      logger.error(
        { rail, id: verified.right.report.id, error: nameOf(error) },
        'callback not handled: the store failed',
      )
      return comeBack('failed')
    }
  }

  /** Null for an adapter that throws: nothing was verified, and the vendor shall deliver again. */
  function verify(rail: string, provider: PaymentProvider, delivery: Delivery) {
    try {
      return provider.receive(delivery)
    } catch (error) {
      logger.error({ rail, error: nameOf(error) }, 'callback not read: the adapter failed')
      return null
    }
  }

  async function acknowledge(
    { transactions }: PaymentProvider,
    rail: string,
    token: string | null,
    callback: VerifiedCallback,
  ): Promise<Received> {
    const { report, signs, merchantReference: echo } = callback
    const opened = token === null ? null : await tokens.open(rail, token)
    if (token !== null && !opened) logger.warn({ rail, id: report.id }, 'callback token is not ours')
    const claim = await store.claim(
      { report: { ...report, rail }, from: { type: 'callback', token: opened, signs, echo, transactions } },
      leaseMs,
      rules,
    )
    tell(rail, report.id, claim)
    const reportId = claim.reportId ?? report.id
    const { record } = await handle(claim, reportId, callback.customer)
    const answered = answerFor(record, rules.derive(record), reportId)
    if (answered.state === 'pending') return comeBack(claim.state === 'busy' ? 'busy' : 'failed')
    const answer: AnyAnswer = answered.state === 'handled' ? answered.answer : 'ok'
    // What belongs to nobody's payment, or contradicts it, is a statement that can be acknowledged, but no question to answer.
    if (answer === 'ok' && callback.isQuestion) return comeBack('failed')
    return {
      reply: callback.acknowledge(answer),
      outcome: claim.state === 'leased' ? 'handled' : 'duplicate',
      answer,
    }
  }

  function tell(rail: string, id: string, { record, dropped }: Claim): void {
    if (record.unowned)
      logger.warn({ rail, id, reason: record.unowned.reason }, 'callback stored: its order is not known to be ours')
    else logger.info({ rail, id, reference: record.intents[0]?.intent.reference }, 'callback verified')
    if (dropped)
      logger.warn({ rail, dropped }, 'the oldest reports of orders that are not known to be ours were deleted')
  }

  /** The record with what was emitted, and whether something still waits. */
  async function handle(
    claim: Claim,
    reportId: string | null,
    customer?: CustomerDetails,
  ): Promise<{ readonly record: PaymentRecord; readonly isDone: boolean }> {
    if (claim.state !== 'leased') return { record: claim.record, isDone: claim.state === 'idle' }
    return runEvents(claim, { reportId, ...(customer && { customer }) })
  }

  async function recorded(about: object, claimIt: () => Promise<Claim>): Promise<Recorded> {
    let claim: Claim
    try {
      claim = await claimIt()
    } catch (error) {
      logger.error({ ...about, error: nameOf(error) }, 'report not stored: the store failed')
      return 'not_stored'
    }
    try {
      if (claim.state === 'busy') return 'busy'
      const { isDone } = await handle(claim, null)
      return isDone ? 'handled' : 'failed'
    } catch (error) {
      logger.error({ ...about, error: nameOf(error) }, 'event not handled: the store failed')
      return 'failed'
    }
  }
}
