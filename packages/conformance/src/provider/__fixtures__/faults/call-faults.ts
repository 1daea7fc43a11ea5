import { isLeft, left } from '@railswitch/core'
import {
  type Fault,
  onCreate,
  onError,
  onOperation,
  onProvider,
  onResponse,
  onResult,
  onTransport,
  refusal,
} from './fault.ts'

const withSpace = (body: Uint8Array): Uint8Array => Buffer.concat([body, Buffer.from(' ')])

/** Each request is sent twice. */
export const sendsTwice: Fault = onTransport((transport) => (request) => async () => {
  await transport(request)()
  return transport(request)()
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

/** A deposit that may have happened is reported as refused. */
const forgets = onError(['deposit'], ({ effect }) => (effect === 'may_have_happened' ? { effect: 'refused' } : {}))

/** Every attempt has the id of the first one. */
export const sameIdForAttempts: Fault = onOperation(['deposit', 'payout'], (run, input, call) =>
  run(input, { ...call, intent: { ...call.intent, attempt: 1 } }),
)

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
  'CALL-007': forgets,
  'CALL-008': forgets,
  'CALL-009': forgets,
  'CALL-010': forgets,
  'CALL-011': forgets,
  'CALL-012': forgets,
  'CALL-013': forgets,
  'CALL-014': changesBytes,
  'CALL-015': sendsAgain,
  'CALL-016': changesBytesAfterRestart,
  'CALL-017': onResult(['deposit'], (result) => (isLeft(result) ? result : left(refusal('not_sent')))),
  'CALL-018': sameIdForAttempts,
  'CALL-019': ignoresSignal,
  'CALL-020': ignoresSignal,
  'CALL-021': onResult(['deposit'], (result) => {
    if (isLeft(result)) throw result.left
    return result
  }),
  'CALL-022': onTransport((transport) => (request) => transport({ ...request, timeoutMs: 600_000 })),
  'CALL-023': onError(['deposit'], () => ({ code: 'rejected' })),
  'CALL-024': onError(['deposit'], () => ({ code: 'vendor_error' })),
  'CALL-025': sameIdForAttempts,
  'CALL-026': forgets,
  'CALL-027': onError(['deposit'], ({ effect }) => (effect === 'may_have_happened' ? { effect: 'not_sent' } : {})),
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
  'MON-005': withAmount(['deposit'], ({ value }) => ({ value: value.replace(/0\.00$/, '.00') })),
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
  'REF-008': sameIdForAttempts,
  'REF-009': withReference((text) => text.slice(0, 60)),
  'REF-010': onOperation(['deposit'], (run, input, call) =>
    run(input, { ...call, intent: { ...call.intent, attempt: Math.min(call.intent.attempt, 9) } }),
  ),
  'REF-011': withReference((text) => text.slice(0, 100), ['payout']),
}

export const concurrencyFaults: Readonly<Record<string, Fault>> = {
  'CON-001': (opened) => {
    let shared: Promise<Parameters<Parameters<typeof onResult>[1]>[0]> | null = null
    return onOperation(['deposit'], async (run) => {
      shared ??= run()
      const result = await shared
      setTimeout(() => {
        shared = null
      })
      return result
    })(opened)
  },
  'CON-004': onProvider(() => ({ replays: true })),
  'CON-005': onProvider(() => ({ replays: true })),
  'CON-006': onProvider(() => ({ replays: true })),
}

