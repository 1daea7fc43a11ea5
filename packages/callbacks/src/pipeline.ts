import {
  type AnyAnswer,
  type Claim,
  type CustomerDetails,
  type Delivery,
  eventsOf,
  isLeft,
  type Logger,
  type News,
  type PaymentProvider,
  type Reply,
  type Store,
  type VerifiedCallback,
} from '@railswitch/core'
import { type HandlerRegistry, HandlerTimeout } from './handlers.ts'
import type { Delivered, Telemetry } from './telemetry.ts'
import type { Tokens } from './token.ts'

export interface PipelineOptions<Tx> {
  readonly rails: ReadonlyMap<string, PaymentProvider>
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

export interface Pipeline {
  /** Verify, claim, fold, handle, complete, acknowledge: one callback, whatever the vendor. Never rejects. */
  receive(rail: string, token: string | null, delivery: Delivery): Promise<Reply>
  /**
   * The same for news that was kept but not handled, and for what we found out ourselves. `failed`, `busy`: it is kept, and
   * `settle` tries again. `not_kept`: the store failed. Never rejects.
   */
  handleAgain(news: News): Promise<'handled' | 'failed' | 'busy' | 'not_kept'>
}

const plain = (status: number): Reply => ({ status, contentType: 'text/plain', body: '' })

/** No vendor takes a 5xx without a body for an answer: it delivers again. */
const comeBack = (outcome: 'busy' | 'failed'): Received => ({ reply: plain(503), outcome })

const refused = (status: number): Received => ({ reply: plain(status), outcome: 'refused' })

export const createPipeline = <Tx>(options: PipelineOptions<Tx>): Pipeline => {
  const { rails, store, tokens, logger, telemetry } = options
  // A handler that overstays is given up before its lease ends, so that two never work on one payment.
  const leaseMs = options.handlerTimeoutMs * 2

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

    handleAgain,
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
      return await acknowledge(rail, token, verified.right)
    } catch (error) {
      logger.error({ rail, id: verified.right.id, error: nameOf(error) }, 'callback not handled: the store failed')
      return comeBack('failed')
    }
  }

  async function handleAgain(news: News): Promise<'handled' | 'failed' | 'busy' | 'not_kept'> {
    let claim: Claim
    try {
      claim = await store.claim(news, leaseMs)
    } catch (error) {
      logger.error({ rail: news.rail, id: news.id, error: nameOf(error) }, 'news not kept: the store failed')
      return 'not_kept'
    }
    try {
      if (claim.state === 'busy') return 'busy'
      const answer = claim.state === 'done' ? claim.answer : await handle(news, claim)
      return answer === null ? 'failed' : 'handled'
    } catch (error) {
      logger.error({ rail: news.rail, id: news.id, error: nameOf(error) }, 'news not handled: the store failed')
      return 'failed'
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

  async function acknowledge(rail: string, token: string | null, callback: VerifiedCallback): Promise<Received> {
    const opened = token === null ? null : await tokens.open(rail, token)
    if (token !== null && !opened) logger.warn({ rail, id: callback.id }, 'callback token is not ours')
    // A payout's address was told with the payout alone. What is not signed may name the deposit that it draws on instead.
    const own = opened?.kind === 'payout' && callback.proves !== 'everything' ? opened.merchantReference : null
    // Else what the vendor signed, or at least echoed, outranks the address: one order's news may come to another's.
    const merchantReference = own ?? callback.merchantReference ?? opened?.merchantReference ?? null
    const bound = opened !== null && opened.merchantReference === merchantReference
    const news: News = {
      rail,
      id: idOf(callback, { own, bound }),
      vendorIds: own === null ? callback.vendorIds : [],
      merchantReference,
      observe: (thread, subject) => ({ ...callback.observe(thread, subject, bound), id: news.id }),
    }
    const claim = await store.claim(news, leaseMs)
    if (claim.state === 'busy') return comeBack('busy')
    const answer = claim.state === 'done' ? claim.answer : await handle(news, claim, callback.customer)
    if (answer === null || !(await keepRefusal(news, answer))) return comeBack('failed')
    return { reply: callback.acknowledge(answer), outcome: claim.state === 'done' ? 'duplicate' : 'handled', answer }
  }

  /** What a later cancellation means depends on it: money that was never reserved is not to be given back. */
  async function keepRefusal(news: News, answer: AnyAnswer): Promise<boolean> {
    if (answer === 'ok' || !('reserved' in answer) || answer.reserved) return true
    const id = `${news.id}|not_reserved`
    const observe: News['observe'] = (thread, subject) => ({
      ...news.observe(thread, subject),
      id,
      source: 'answer',
      fact: { type: 'withdrawal.not_reserved' },
    })
    return (await handleAgain({ ...news, id, observe })) === 'handled'
  }

  /** Null when the news stays unhandled: the next delivery, or `settle`, tries again. */
  async function handle(
    news: News,
    claim: Extract<Claim, { state: 'mine' }>,
    customer?: CustomerDetails,
  ): Promise<AnyAnswer | null> {
    const { token, before, observation } = claim
    const about = { rail: news.rail, id: news.id, payment: observation.subject, fact: observation.fact.type }
    logger.info(about, 'callback verified')
    try {
      const events = eventsOf(before, observation).map((event) => (customer ? { ...event, customer } : event))
      const { answer, write } = await options.handlers.run(events, options.handlerTimeoutMs)
      const completed = await store.complete(token, answer, write)
      if (completed) for (const { type } of events) telemetry.event(news.rail, type, observation.at)
      if (completed) logger.info(about, 'callback handled')
      else logger.warn(about, 'callback not handled: the lease was lost')
      return completed ? answer : null
    } catch (error) {
      logger.error({ ...about, error: nameOf(error) }, 'callback not handled: the handler failed')
      if (!(error instanceof HandlerTimeout)) await store.release(token)
      return null
    }
  }
}

/** News that only claims must not stand in the way of the same news when it comes bound, nor one payout's of another's. */
const idOf = (
  { id, proves, merchantReference }: VerifiedCallback,
  { own, bound }: { readonly own: string | null; readonly bound: boolean },
): string => {
  if (own !== null && own !== merchantReference) return `${id}|${own}`
  return bound || proves === 'everything' ? id : `${id}|claimed`
}

/** An application's error message may hold anything; its name may not. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
