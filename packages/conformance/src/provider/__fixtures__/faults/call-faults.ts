import { isLeft, left, PaymentError, right } from '@railswitch/core'
import {
  afterExchange,
  type Exchange,
  type Fault,
  failedWith,
  hasCents,
  onCreate,
  onError,
  onOperation,
  onProvider,
  onResponse,
  onResult,
  onTransport,
  refusal,
  replayingWhile,
  textOf,
} from './fault.ts'

const withSpace = (body: Uint8Array): Uint8Array => Buffer.concat([body, Buffer.from(' ')])

/** A deposit with cents is sent twice. */
const sendsTwice: Fault = onOperation(['deposit'], async (run, { amount }) => {
  if (hasCents(amount)) await run()
  return run()
})

/** A request without a response is sent again. */
const sendsAgain: Fault = onTransport((transport) => (request) => async () => {
  const response = await transport(request)()
  return isLeft(response) && response.left.sent ? transport(request)() : response
})

/** The bytes of a request depend on how many were sent before. */
const changesBytes: Fault = onTransport((transport) => {
  let sent = 0
  return (request) => {
    sent += 1
    return transport(sent === 1 ? request : { ...request, body: withSpace(request.body) })
  }
})

/** The bytes of a request depend on the process. */
const changesBytesAfterRestart: Fault = (opened) => {
  let created = 0
  return onCreate(({ options, ports }, good) => {
    created += 1
    const { transport } = ports
    return created === 1 || !transport
      ? good()
      : good(options, { ...ports, transport: (request) => transport({ ...request, body: withSpace(request.body) }) })
  })(opened)
}

export const ignoresSignal: Fault = onTransport((transport) => ({ signal: _none, ...request }) => transport(request))

/** A deposit that may have happened is reported as refused, if its exchange ended in this way. */
const forgetsAfter = (ended: (exchange: Exchange) => boolean): Fault =>
  afterExchange(['deposit'], (result, exchange) =>
    isLeft(result) && result.left.effect === 'may_have_happened' && ended(exchange)
      ? left(new PaymentError({ ...result.left.toJSON(), effect: 'refused' }))
      : result,
  )

/** A body with HTTP 200. */
const okWith =
  (matches: (body: string) => boolean) =>
  (exchange: Exchange): boolean =>
    !isLeft(exchange) && exchange.right.status === 200 && matches(textOf(exchange.right.body))

const withStatus =
  (status: number) =>
  (exchange: Exchange): boolean =>
    !isLeft(exchange) && exchange.right.status === status

/** The response to a repeated call that may have happened. */
const onRepetition = (effect: PaymentError['effect']): Fault =>
  onOperation(['deposit'], async (run, _input, { resumed }) => {
    const result = await run()
    return resumed && isLeft(result) ? left(new PaymentError({ ...result.left.toJSON(), effect })) : result
  })

/** Every attempt has the id of the first one. */
export const sameIdForAttempts = (name: 'deposit' | 'payout'): Fault =>
  onOperation([name], (run, input, call) => run(input, { ...call, intent: { ...call.intent, attempt: 1 } }))

/** The address is another one whenever it is read. */
const changingAddress = (result: Record<string, unknown>): object => {
  let read = 0
  return {
    ...result,
    get redirectUrl() {
      read += 1
      return `${result.redirectUrl}#${read}`
    },
  }
}

export const callFaults: Readonly<Record<string, Fault>> = {
  'CALL-001': onProvider(({ operations }) => ({
    operations: {
      ...operations,
      deposit: (input, call) => {
        const running = operations.deposit?.(input, call)()
        return async () => (await running) ?? left(refusal('refused'))
      },
    },
  })),
  'CALL-002': sendsTwice,
  'CALL-003': onResponse(['deposit'], () => ({ vendorIds: [] })),
  'CALL-004': onResponse(['deposit'], ({ result }) => ({ result: { ...result, payment: `${result.payment}9` } })),
  'CALL-005': onResponse(['deposit'], ({ result }) => ({ result: { ...result, redirectUrl: 'https://vendor.example/' } })),
  'CALL-006': onError(['deposit'], ({ effect }) => (effect === 'not_sent' ? { effect: 'may_have_happened' } : {})),
  'CALL-007': forgetsAfter(failedWith('ECONNRESET')),
  'CALL-008': forgetsAfter(failedWith('timeout')),
  'CALL-009': forgetsAfter(withStatus(502)),
  'CALL-010': forgetsAfter(okWith((body) => body !== '' && !body.startsWith('{'))),
  'CALL-011': forgetsAfter(okWith((body) => body === '')),
  'CALL-012': forgetsAfter(withStatus(404)),
  'CALL-013': forgetsAfter(okWith((body) => body.startsWith('{'))),
  'CALL-014': changesBytes,
  'CALL-015': sendsAgain,
  'CALL-016': changesBytesAfterRestart,
  'CALL-017': onResponse(['deposit'], ({ result }) => ({ result: changingAddress(result) })),
  'CALL-018': sameIdForAttempts('deposit'),
  'CALL-019': ignoresSignal,
  'CALL-020': ignoresSignal,
  'CALL-021': onResult(['deposit'], (result) => {
    if (isLeft(result)) throw result.left
    return result
  }),
  'CALL-022': onTransport((transport) => (request) => transport({ ...request, timeoutMs: 600_000 })),
  'CALL-023': onError(['deposit'], () => ({ code: 'rejected' })),
  'CALL-024': onError(['deposit'], () => ({ code: 'vendor_error' })),
  'CALL-025': sameIdForAttempts('deposit'),
  'CALL-026': onRepetition('refused'),
  'CALL-027': onRepetition('not_sent'),
  'CALL-028': onProvider(() => ({ requirements: () => ({ fields: ['reference', 'amount', 'colour'] }) })),
  'CALL-029': onProvider(({ requirements }) => ({
    requirements: (operation, market) => ({ fields: requirements?.(operation, market).fields ?? [] }),
  })),
  'CALL-030': onOperation(['deposit'], (run, input) =>
    run(input.amount.currency === 'JPY' ? { ...input, amount: { value: '10.00', currency: 'EUR' } } : input),
  ),
  'CALL-031': onError(['deposit'], ({ effect }) => (effect === 'may_have_happened' ? { retry: 'next_attempt' } : {})),
}

/** Money of the input, changed before it is sent. */
export const withAmount = (
  names: Parameters<typeof onOperation>[0],
  change: (amount: { readonly value: string; readonly currency: string }) => object,
): Fault =>
  onOperation(names, (run, input) => run({ ...input, amount: { ...input.amount, ...change(input.amount) } }))

/** The reference of the intent, changed before it is sent. */
const withReference = (change: (reference: string) => string, names: Parameters<typeof onOperation>[0] = ['deposit']): Fault =>
  onOperation(names, (run, input, call) => {
    const reference = change(call.intent.reference)
    return run({ ...input, reference }, { ...call, intent: { ...call.intent, reference } })
  })

export const moneyFaults: Readonly<Record<string, Fault>> = {
  'MON-001': withAmount(['deposit'], ({ currency }) => (currency === 'HUF' ? { value: '2.00' } : {})),
  'MON-002': withAmount(['deposit'], ({ value }) => (value === '1.00' ? { value: '1.01' } : {})),
  'MON-003': withAmount(['deposit'], ({ value }) => ({ value: value.slice(-6) })),
  'MON-004': withAmount(['deposit'], ({ value }) => ({ value: value.replace(/9$/, '8') })),
  'MON-005': withAmount(['deposit'], ({ value }) => ({ value: value.replace(/000\.00$/, '00.00') })),
  'MON-006': withAmount(['refund'], ({ currency }) => (currency === 'NOK' ? { value: '4.90' } : {})),
  'MON-007': withAmount(['payout'], ({ value }) => ({ value: value.replace(/9$/, '8') })),
  'MON-008': withAmount(['deposit'], ({ currency }) => (currency === 'SEK' ? { currency: 'EUR' } : {})),
}

export const referenceFaults: Readonly<Record<string, Fault>> = {
  'REF-001': withReference((text) => text.padEnd(2, '0')),
  'REF-002': withReference((text) => text.slice(0, 26)),
  'REF-003': withReference((text) => text.slice(0, 100)),
  'REF-004': withReference((text) => text.replaceAll('_', '-')),
  'REF-005': withReference((text) => (/^\d+$/.test(text) ? String(Number(text)) : text)),
  'REF-006': withReference((text) => text.replaceAll(/^(\w{8})-/g, '$1')),
  'REF-007': withReference((text) => text.toLowerCase()),
  'REF-008': sameIdForAttempts('deposit'),
  'REF-009': withReference((text) => text.slice(0, 60)),
  'REF-010': onOperation(['deposit'], (run, input, call) =>
    run(input, { ...call, intent: { ...call.intent, attempt: Math.min(call.intent.attempt, 9) } }),
  ),
  'REF-011': withReference((text) => text.slice(0, 100), ['payout']),
}

/** While a call runs, the same call is sent again. */
const sendsAtOnce =
  (name: 'deposit' | 'refund' | 'payout'): Fault =>
  (opened) => {
    let running = 0
    const counted = onOperation([name], async (run) => {
      running += 1
      try {
        return await run()
      } finally {
        running -= 1
      }
    })(opened)
    return replayingWhile(() => running > 0)(counted)
  }

export const concurrencyFaults: Readonly<Record<string, Fault>> = {
  'CON-001': (opened) => {
    let shared: Promise<Parameters<Parameters<typeof onResult>[1]>[0]> | null = null
    return onOperation(['deposit'], async (run) => {
      shared ??= run().finally(() => {
        shared = null
      })
      return shared
    })(opened)
  },
  'CON-004': sendsAtOnce('deposit'),
  'CON-005': sendsAtOnce('refund'),
  'CON-006': sendsAtOnce('payout'),
}

