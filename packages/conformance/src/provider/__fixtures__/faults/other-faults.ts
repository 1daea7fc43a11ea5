import { isLeft, left, ownMethods, PaymentError, type PaymentProvider, right } from '@railswitch/core'
import { callbackRefused, type Fact, type PaymentRecord } from '@railswitch/core/provider'
import { creditsOpened } from './money-out-faults.ts'
import { ignoresSignal } from './call-faults.ts'
import {
  type Fault,
  hasCents,
  onCreate,
  onDefinition,
  onFacts,
  onOperation,
  onProvider,
  onTransport,
  onVerify,
  refusal,
  textOf,
  withFacts,
  without,
} from './fault.ts'
import { inventsByLookUp } from './invented.ts'

const dayMs = 86_400_000

export const depositFaults: Readonly<Record<string, Fault>> = {
  'DEP-001': creditsOpened(({ expect }) => hasCents(expect)),
  'DEP-002': onFacts((facts) =>
    facts.map((fact) => (fact.type === 'deposit.not_credited_yet' ? { ...fact, type: 'deposit.credited' } : fact)),
  ),
  'DEP-003': withFacts('deposit.credited', (fact) =>
    'amount' in fact && fact.amount ? { amount: { ...fact.amount, value: fact.amount.value.replace(/\d\d$/, '00') } } : {},
  ),
  'DEP-004': without('deposit.not_credited'),
  'DEP-005': without('deposit.not_credited', (_fact, { reports }) => reports.length > 1),
  'DEP-006': without('deposit.reversed', (fact, { intents }) => 'amount' in fact && fact.amount?.value === intents[0]?.intent.expect.value),
  'DEP-007': withFacts('deposit.reversed', () => ({ amount: { value: '100.00', currency: 'EUR' } })),
  'DEP-008': onFacts((facts) =>
    facts
      .filter(
        (fact) => fact.type !== 'deposit.reversed' || facts.find(({ type }) => type === 'deposit.reversed') === fact,
      )
      .filter(({ type }) => type !== 'review'),
  ),
  'DEP-009': onFacts((facts) => facts.filter(({ intent }) => intent.endsWith('.1'))),
  'DEP-010': withFacts('deposit.credited', (_fact, { intents: [first] }) => (first ? { amount: first.intent.expect } : {})),
  'DEP-011': without(
    'deposit.credited',
    ({ at }, { intents }) => Date.parse(at) > Date.parse(intents[0]?.begunAt ?? at) + 3 * dayMs,
  ),
  // The first payment pays the oldest order.
  'DEP-012': (opened) => {
    const waiting: string[] = []
    let arrived = 0
    return onProvider(({ verifyCallback }) => ({
      verifyCallback: (delivery) => {
        const result = verifyCallback(delivery)
        arrived += 1
        const [oldest] = waiting
        if (isLeft(result) || oldest === undefined || waiting.length < 2 || arrived > 1) return result
        return right({ ...result.right, report: { ...result.right.report, vendorId: oldest } })
      },
    }))(
      onOperation(['deposit'], async (run) => {
        const result = await run()
        if (!isLeft(result)) waiting.push(...result.right.vendorIds.slice(0, 1))
        return result
      })(opened),
    )
  },
  'DEP-014': withFacts('deposit.reversed', () => ({ separate: undefined })),
  'DEP-013': withFacts('deposit.reversed', () => ({ amount: { value: '80.00', currency: 'EUR' } })),
}

/** What the look-up found has an error with this text. */
const lookUpTells = (message: string): Fault =>
  onProvider(({ lookUp }) => ({
    lookUp: (record, signal) => async () => {
      const result = await lookUp?.(record, signal)()
      const failed = new PaymentError({ ...refusal('refused').toJSON(), message })
      return result && !isLeft(result) ? right({ ...result.right, failed }) : left(failed)
    },
  }))

export const lookUpFaults: Readonly<Record<string, Fault>> = {
  'LU-001': onProvider(() => ({ lookUp: () => async () => right({ found: [], absenceProves: false }) })),
  'LU-002': onFacts((facts, { reports }) => {
    const shown = reports.find(({ proof }) => proof === 'lookup')
    return facts.flatMap((fact) =>
      fact.type === 'deposit.credited' && shown
        ? [fact, { ...fact, vendorId: `${fact.vendorId}9`, key: `${fact.key}9`, evidence: [shown.id] }]
        : [fact],
    )
  }),
  'LU-003': inventsByLookUp('always'),
  'LU-004': inventsByLookUp('failed'),
  'LU-005': ignoresSignal,
  'LU-006': inventsByLookUp('always'),
  'LU-007': (opened) => {
    let count = 0
    return onProvider(({ lookUp }) => ({
      lookUp: (record, signal) => async () => {
        const result = await lookUp?.(record, signal)()
        count += 1
        if (!result || isLeft(result)) return result ?? left(refusal('refused'))
        const found = result.right.found.map((one) => ({ ...one, report: { ...one.report, id: `${one.report.id}${count}` } }))
        return right({ ...result.right, found })
      },
    }))(opened)
  },
  'LU-008': onFacts((facts) =>
    facts.map((fact): Fact => (fact.type === 'deposit.checked' ? { ...fact, type: 'review', reason: 'lookup_differs' } : fact)),
  ),
  'LU-009': onProvider(() => ({ crossCheck: () => async () => right(null) })),
  'LU-010': onReconciliation(({ list }) => ({
    list: (days, signal) => async () => {
      const listed = await list(days, signal)()
      if (isLeft(listed)) return listed
      return right({ ...listed.right, bookings: listed.right.bookings.slice(0, 1) })
    },
  })),
  'LU-011': onReconciliation(() => ({ lookUp: () => async () => right([]) })),
  'LU-012': onReconciliation(({ list }) => ({
    list: (days, signal) => async () => {
      const listed = await list(days, signal)()
      if (isLeft(listed)) return listed
      const bookings = listed.right.bookings.map((one) => ({ ...one, vendorId: `${one.vendorId}9`, merchantReference: null }))
      return right({ ...listed.right, bookings })
    },
  })),
}

function onReconciliation(
  change: (good: NonNullable<PaymentProvider['reconciliation']>) => Partial<PaymentProvider['reconciliation']>,
): Fault {
  return onProvider(({ reconciliation }) =>
    reconciliation ? { reconciliation: { ...reconciliation, ...change(reconciliation) } } : {},
  )
}

export const configurationFaults: Readonly<Record<string, Fault>> = {
  'CFG-001': (opened) => {
    let created = 0
    return onProvider(({ id }) => {
      created += 1
      return { id: `${id}-${created}` }
    })(opened)
  },
  'CFG-002': onCreate(({ ports }, good) => {
    void ports.transport?.({ url: 'https://vendors.example/', headers: {}, body: new Uint8Array(), timeoutMs: 1_000 })()
    return good()
  }),
  'CFG-003': onCreate(({ opened }, good) => {
    const created = good()
    return isLeft(created) ? good(opened.options) : created
  }),
  'CFG-004': onCreate((_given, good) => {
    const created = good()
    return isLeft(created) ? left(created.left.slice(0, 1)) : created
  }),
  'CFG-005': onCreate(({ options, opened }, good) => good({ ...opened.options, ...options })),
  'CFG-006': onCreate(({ options: { misspeltOption: _none, ...options } }, good) => good(options)),
  'CFG-007': onCreate(({ options }, good) => {
    const created = good()
    return isLeft(created)
      ? left(created.left.map((issue) => ({ ...issue, fix: `correct ${JSON.stringify(options)}` })))
      : created
  }),
  'CFG-008': onCreate((_given, good) => {
    const created = good()
    return isLeft(created) ? left(created.left.map((issue) => ({ ...issue, fix: '' }))) : created
  }),
  'CFG-009': onCreate(({ options }, good) => {
    const created = good()
    if (isLeft(created) && Object.values(options).some((value) => typeof value === 'object')) throw new TypeError('A fault.')
    return created
  }),
  'CFG-010': onCreate(({ options }, good) => {
    Object.assign(options as Record<string, unknown>, { timeoutMs: 1 })
    return good()
  }),
  'CFG-011': (opened) => {
    let created: ReturnType<typeof opened.definition.create> | null = null
    return onCreate((_given, good) => {
      created ??= good()
      return created
    })(opened)
  },
  'CFG-012': onDefinition(() => ({ variables: { KEY: 'key', SECRET: 'key' } })),
}

const emailIn = (input: { readonly customer?: { readonly email?: string } }): string => input.customer?.email ?? ''

/** The customer of the last deposit is stored with its reports. */
const storesCustomer: Fault = (opened) => {
  let email = ''
  return onProvider(({ verifyCallback }) => ({
    verifyCallback: (delivery) => {
      const result = verifyCallback(delivery)
      if (isLeft(result)) return result
      const { report } = result.right
      return right({ ...result.right, report: { ...report, members: { ...report.members, email } } })
    },
  }))(
    onOperation(['deposit'], (run, input) => {
      email = emailIn(input)
      return run()
    })(opened),
  )
}

export const redactionFaults: Readonly<Record<string, Fault>> = {
  'RED-001': onOperation(['deposit'], async (run, input) => {
    const result = await run()
    if (!isLeft(result)) return result
    const message = `${result.left.message} (${emailIn(input)})`
    return left(new PaymentError({ ...result.left.toJSON(), message }))
  }),
  'RED-002': onOperation(['payout'], async (run, input) => {
    const result = await run()
    if (!isLeft(result)) return result
    return left(new PaymentError({ ...result.left.toJSON(), hint: JSON.stringify(input) }))
  }),
  'RED-003': lookUpTells('No order of marked@customer.example.'),
  'RED-004': storesCustomer,
  'RED-005': storesCustomer,
  'RED-006': onVerify((delivery, verify) => {
    const result = verify(delivery)
    return isLeft(result) ? left(callbackRefused({ message: textOf(delivery.body), hint: 'None.' })) : result
  }),
  'RED-007': onCreate(({ options }, good) => {
    const created = good()
    return isLeft(created) ? created : right({ ...created.right, options })
  }),
  'RED-008': onTransport((transport) => (request) =>
    transport({ ...request, url: `${request.url}?email=marked@customer.example` }),
  ),
  'RED-009': lookUpTells('No order of marked@customer.example.'),
}

/** A record in which refunds and a reversal meet. */
const isFull = ({ intents, reports }: PaymentRecord): boolean =>
  intents.filter(({ intent }) => intent.kind === 'refund').length > 1 && reports.length > 3

export const meaningFaults: Readonly<Record<string, Fault>> = {
  'INT-001': onFacts((facts, { reports }) => facts.map((fact) => ({ ...fact, key: `${fact.key} ${reports.at(-1)?.id}` }))),
  'INT-002': (opened) => {
    let before = 0
    return onFacts((facts, { reports }) => {
      const isShorter = reports.length < before
      before = reports.length
      return isShorter ? facts.slice(1) : facts
    })(opened)
  },
  'INT-003': onFacts((facts, { reports }) => {
    ;(reports as unknown[]).reverse()
    return facts
  }),
  'INT-004': onProvider(({ interpret }, { runtime }) => ({
    interpret: (record) => interpret(record).map((fact) => ({ ...fact, at: runtime.now().toISOString() })),
  })),
  'INT-005': onFacts((facts) => facts.map((fact) => ({ ...fact, evidence: ['no report'] }))),
  'INT-006': onFacts((facts) => [...facts, ...facts]),
  'INT-007': onFacts((facts, record) =>
    isFull(record)
      ? facts.map((fact) => ({ ...fact, intent: fact.intent.replace('.rail.', '.other.') as typeof fact.intent }))
      : facts,
  ),
  'INT-008': onFacts((facts, { reports }) => facts.map((fact) => ({ ...fact, evidence: [reports.at(-1)?.id ?? ''] }))),
  'INT-009': onFacts((facts, { reports }) => [
    ...facts,
    ...reports.flatMap((report): readonly Fact[] =>
      report.method === ownMethods.personCredited && report.intent && report.money
        ? [
            {
              type: 'deposit.credited',
              intent: report.intent,
              vendorId: report.vendorId,
              at: report.at,
              evidence: [report.id],
              source: 'vendor',
              key: report.id,
              amount: report.money,
            },
          ]
        : [],
    ),
  ]),
  'INT-010': onFacts((facts, { reports }) => {
    if (reports.some(({ money }) => money === undefined)) throw new TypeError('A fault.')
    return facts
  }),
  'INT-011': onFacts((facts) => facts.filter(({ type }) => type !== 'unrecognised' && type !== 'review')),
  'INT-012': withFacts('deposit.reversed', (_fact, record) =>
    isFull(record) ? { amount: { value: '30', currency: 'EUR' } } : {},
  ),
}

