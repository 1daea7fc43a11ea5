// How events reach the application: leases, handlers, transactions, acknowledgements, logs.
const callbacks = (name) => `packages/callbacks/src/${name}.ts`
const core = (name) => `packages/core/src/${name}.ts`

export const handlingFaults = [
  {
    name: 'later-money-overtakes-a-failed-handler',
    file: callbacks('event-runner'),
    from: '!(isBlocked && isMoneyEvent(event.type)))',
    to: '!(isBlocked && !isMoneyEvent(event.type)))',
    what: 'if the handler of a credit fails, the reversal is handled first (row 9)',
  },
  {
    name: 'application-write-is-not-executed',
    file: callbacks('event-runner'),
    from: 'const completion = { emitted, isLast, ...written.option, timeoutMs: handlerTimeoutMs }',
    to: 'const completion = { emitted, isLast, ...(isLast && written.option), timeoutMs: handlerTimeoutMs }',
    what: 'of several events that are handled together, only the last one writes its rows',
  },
  {
    name: 'failed-handler-counts-as-handled',
    file: callbacks('event-runner'),
    from: '    run.failed.add(event.id)\n    if (error instanceof HandlerTimeout) run.lease = null\n    return null\n',
    to: "    run.failed.add(event.id)\n    if (error instanceof HandlerTimeout) run.lease = null\n    return run.lease === null ? null : { answer: 'ok' }\n",
    what: 'an event whose handler throws is marked as emitted',
  },
  {
    name: 'failed-write-counts-as-handled',
    file: core('store/memory/leases'),
    from: '        if (record.lease?.token === lease) record.lease = null\n        throw error\n',
    to: '        if (timeoutMs < 0) throw error\n',
    what: 'an event is marked as emitted although the write of the application failed',
  },
  {
    name: 'lease-ends-before-the-handler',
    file: callbacks('pipeline'),
    from: '  const leaseMs = options.handlerTimeoutMs * 2\n',
    to: '  const leaseMs = options.handlerTimeoutMs / 2\n',
    what: 'the lease of a payment is shorter than the time limit of a handler',
  },
  {
    name: 'lease-is-released-while-the-handler-runs',
    file: callbacks('event-runner'),
    from: '    if (error instanceof HandlerTimeout) run.lease = null\n',
    to: '',
    what: 'the lease is given back although the handler that took too long is still running',
  },
  {
    name: 'leased-payment-is-leased-again',
    file: core('store/memory/leases'),
    from: 'if (record.lease && record.lease.until > now().getTime())',
    to: 'if (record.lease && record.lease.until < now().getTime())',
    what: 'two workers handle the events of one payment at once',
  },
  {
    name: 'failed-store-is-acknowledged',
    file: callbacks('receive-callback'),
    from: "message, rail, id: callback.report.id })\n    return deliverAgain('failed')",
    to: "message, rail, id: callback.report.id })\n    return { reply: await callback.acknowledge('ok'), outcome: 'failed' }",
    what: 'a callback is acknowledged although it could not be stored',
  },
  {
    name: 'write-without-a-time-limit',
    file: core('store/memory/leases'),
    from: 'if (write) await withTimeout(write(), timeoutMs, state)',
    to: 'if (write) await withTimeout(write(), timeoutMs * 1e6, state)',
    what: 'a write of the application that never ends keeps its payment for ever (row 18)',
  },
  {
    name: 'answer-is-always-yes',
    file: 'packages/trustly-direct/src/callbacks/acknowledgement.ts',
    from: "{ status: ('recovered' in answer ? answer.recovered : answer.reserved) ? 'OK' : 'FAILED' }",
    to: "{ status: ('recovered' in answer ? answer.recovered : true) ? 'OK' : 'FAILED' }",
    what: 'Trustly hears that the money of a withdrawal is reserved, whatever the application says',
  },
  {
    name: 'input-in-the-log',
    file: 'packages/railswitch/src/operations/record-intent.ts',
    from: "reportError({ logger }, cause, { during: 'store', message, payment: paymentRef(intent) })",
    to: "reportError({ logger }, cause, { during: 'store', message, payment: (paymentRef(intent) + JSON.stringify(input)) as never })",
    what: "the customer's name and address are logged when the store fails",
  },
  {
    name: 'callback-body-in-the-log',
    file: callbacks('receive-callback'),
    from: 'logger.warn({ rail, code, rule, hint }',
    to: 'logger.warn({ rail, code, rule, hint, body: Buffer.from(received.delivery.body).toString() }',
    what: 'the content of a refused callback is logged',
  },
  {
    name: 'event-is-written-and-not-marked',
    file: core('store/memory/leases'),
    from: '      record.emitted.push(emitted)\n',
    to: '      if (!write || isLast) record.emitted.push(emitted)\n',
    what: 'of several events that are handled together, only the last one is marked as emitted',
  },
  {
    name: 'answer-to-other-money',
    file: core('derivation/derive-record'),
    from: "  const answer = answers.find((one) => one !== 'ok')\n",
    to: "  const answer = [...answers, ...record.emitted.map((one) => one.answer)].find((one) => one !== 'ok')\n",
    what: 'a question gets the answer to an earlier question about other money',
  },
]
