import {
  answerFor,
  type CallbackRequest,
  type CallbackResponse,
  type CallbackResult,
  type ClaimResult,
  type Either,
  type HandlerAnswer,
  type Intent,
  intentOf,
  isLeft,
  PaymentError,
  type PaymentProvider,
  providerFailed,
  reportError,
  type VerifiedCallback,
} from '@railswitch/core'
import type { PipelineContext } from './pipeline-context.ts'

/** A callback as it was received. */
export interface ReceivedCallback {
  readonly provider: PaymentProvider
  readonly rail: string
  /** From the callback's path; null if it has none. */
  readonly token: string | null
  readonly delivery: CallbackRequest
}

interface Received extends CallbackResult {
  readonly reply: CallbackResponse
}

export const plainReply = (status: number): CallbackResponse => ({ status, contentType: 'text/plain', body: '' })

/** A 503 without a body is not an acknowledgement for any vendor, so the vendor delivers again. */
const deliverAgain = (outcome: 'busy' | 'failed'): Received => ({ reply: plainReply(503), outcome })

const refused = (status: number): Received => ({ reply: plainReply(status), outcome: 'refused' })

/** Verifies, stores, handles and acknowledges one callback. */
export const receiveCallback = async <Tx>(
  context: PipelineContext<Tx>,
  received: ReceivedCallback,
): Promise<Received> => {
  const { logger } = context
  const { rail } = received
  const verified = verify(context, received)
  if (verified === null) return { reply: plainReply(500), outcome: 'failed' }
  if (isLeft(verified)) {
    const { code, message: rule, hint } = verified.left
    if (isDoctorProbe(received.delivery))
      logger.warn({ rail, code, hint: probeHint }, 'callback refused: a probe of railswitch doctor')
    else logger.warn({ rail, code, rule, hint }, 'callback refused')
    return refused(code === 'unsupported' ? 503 : 400)
  }
  const callback = verified.right
  try {
    return await acknowledge(context, { ...received, callback, ...(await storeAndHandle(context, received, callback)) })
  } catch (error) {
    const message = 'callback not handled: the store failed'
    reportError(context, error, { during: 'store', message, rail, id: callback.report.id })
    return deliverAgain('failed')
  }
}

/** The body that `railswitch doctor --online` sends to see whether callbacks arrive. It is refused like every body without a signature. */
export const doctorProbe = 'railswitch doctor'

/** Anybody can send these bytes, so the log only says what they are. */
const isDoctorProbe = ({ body }: CallbackRequest): boolean => Buffer.from(body).equals(Buffer.from(doctorProbe))

const probeHint =
  'nothing to do, if somebody ran `railswitch doctor --online`: it sends a callback without a signature, which must be refused'

/** Null if the provider throws: nothing was verified, and the vendor delivers again. */
const verify = <Tx>(
  context: PipelineContext<Tx>,
  { provider, rail, delivery }: ReceivedCallback,
): Either<PaymentError, VerifiedCallback> | null => {
  try {
    return provider.verifyCallback(delivery)
  } catch (error) {
    const message = 'callback not read: the provider failed'
    reportError(context, providerFailed(provider.id, error), { during: 'provider', message, rail })
    return null
  }
}

/** The result of `claim`, and the answer to the report. */
interface Handled {
  readonly claim: ClaimResult
  readonly result: ReturnType<typeof answerFor>
  /** The intent that the report is about. Null: no intent of ours. */
  readonly intent: Intent | null
}

const storeAndHandle = async <Tx>(
  { rules, store, tokens, logger, leaseMs, runEvents }: PipelineContext<Tx>,
  { provider: { transactions }, rail, token }: ReceivedCallback,
  { report, signs, kinds, merchantReference: echo, customer }: VerifiedCallback,
): Promise<Handled> => {
  const openedToken = token === null ? null : await tokens.open(rail, token)
  if (token !== null && !openedToken) logger.warn({ rail, id: report.id }, 'callback token is not ours')
  const from = { type: 'callback', token: openedToken, signs, echo, transactions, ...(kinds && { kinds }) } as const
  const claim = await store.claim({ report: { ...report, rail }, from }, leaseMs, rules)
  logClaim({ logger }, rail, report.id, claim)
  const reportId = claim.reportId ?? report.id
  const handled = claim.state === 'leased' ? await runEvents(claim, { reportId, ...(customer && { customer }) }) : claim
  const about = handled.record.reports.find(({ id, rail: reporting }) => id === reportId && reporting === rail)
  return {
    claim,
    result: answerFor(handled.record, rules.derive(handled.record), reportId),
    intent: intentOf(handled.record, about?.intent)?.intent ?? null,
  }
}

const isStatement = ({ isStatementOf }: VerifiedCallback, intent: Intent | null): boolean =>
  intent !== null && (isStatementOf?.(intent) ?? false)

const acknowledge = async <Tx>(
  context: PipelineContext<Tx>,
  {
    provider,
    rail,
    callback,
    claim,
    result,
    intent,
  }: Handled & ReceivedCallback & { readonly callback: VerifiedCallback },
): Promise<Received> => {
  if (result.state === 'pending') return deliverAgain(claim.state === 'busy' ? 'busy' : 'failed')
  const answer: HandlerAnswer = result.state === 'handled' ? result.answer : 'ok'
  // A report that belongs to no event is acknowledged only if it is not a question: `ok` is never an answer to a question.
  if (answer === 'ok' && callback.isQuestion && !isStatement(callback, intent)) return deliverAgain('failed')
  try {
    const reply = await callback.acknowledge(answer)
    return { reply, outcome: claim.state === 'leased' ? 'handled' : 'duplicate', answer }
  } catch (error) {
    // The answer is stored: the next delivery gets it without another call of the handler.
    const failure = error instanceof PaymentError ? error : providerFailed(provider.id, error)
    reportError(context, failure, {
      during: 'acknowledgement',
      message: 'callback not acknowledged: the provider failed',
      rail,
      id: callback.report.id,
      code: failure.code,
      reason: failure.message,
    })
    return deliverAgain('failed')
  }
}

const logClaim = <Tx>(
  { logger }: Pick<PipelineContext<Tx>, 'logger'>,
  rail: string,
  id: string,
  { record, dropped }: ClaimResult,
): void => {
  if (record.unowned)
    logger.warn({ rail, id, reason: record.unowned.reason }, 'callback stored: its order is not known to be ours')
  else logger.info({ rail, id, reference: record.intents[0]?.intent.reference }, 'callback verified')
  if (dropped) logger.warn({ rail, dropped }, 'the oldest reports of orders that are not known to be ours were deleted')
}
