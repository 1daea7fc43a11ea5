import { isDeepStrictEqual } from 'node:util'
import { isLeft, left, right } from '@railswitch/core'
import { callbackRefused, type Fact } from '@railswitch/core/provider'
import { all, type Fault, hasCents, onCallback, onCreate, onFacts, onOperation, onProvider, onVerify, textOf, without } from './fault.ts'
import { aboutLastDeposit, believesChanged, believesRefused, onlyKnownOrders, onVariants } from './invented.ts'

const refused = () => left(callbackRefused({ message: 'A fault.', hint: 'None.' }))

let count = 0
const randomId = (id: string): string => {
  count += 1
  return `${id} ${count}`
}

/** Some deliveries of a credit are a credit of their own. `counts`: from the number of the delivery. */
const countsDeliveries = (counts: (delivery: number) => boolean): Fault => (opened) => {
  const deliveries = new Map<string, number>()
  return all(
    onCallback(({ report }, body) => {
      const delivery = (deliveries.get(textOf(body)) ?? 0) + 1
      deliveries.set(textOf(body), delivery)
      return counts(delivery) ? { report: { ...report, id: `${report.id} ${delivery}` } } : {}
    }),
    onFacts((facts, { reports }) =>
      facts.flatMap((fact): readonly Fact[] => {
        if (fact.type !== 'deposit.credited') return [fact]
        const [first = ''] = fact.evidence
        const again = reports.filter(({ id }) => id.startsWith(`${first} `))
        return [fact, ...again.map(({ id }) => ({ ...fact, vendorId: `${fact.vendorId} ${id}`, key: id, evidence: [id] }))]
      }),
    ),
  )(opened)
}

/** A report has the id of an earlier one of its kind and of another order within the same hour. */
const sameIdWithinHour: Fault = (opened) => {
  const first = new Map<string, { readonly id: string; readonly at: string; readonly vendorId: string }>()
  return onCallback(({ report }) => {
    const hour = `${report.method} ${report.at.slice(0, 13)}`
    const earlier = first.get(hour) ?? report
    first.set(hour, earlier)
    const isOther = earlier.vendorId !== report.vendorId && earlier.at !== report.at
    return { report: { ...report, id: isOther ? earlier.id : report.id } }
  })(opened)
}

/** Only the report that arrived last counts, if an earlier one is later, or of the same time if there are several attempts. */
const lastWins = (ofAttempts = false): Fault => (opened) => {
  const arrived: string[] = []
  return all(
    onCallback(({ report }) => {
      arrived.push(report.id)
      return {}
    }),
    onProvider(({ interpret }) => ({
      interpret: (record) => {
        const reportOf = (id: string) => record.reports.find((report) => report.id === id)
        const isEqual = ofAttempts && record.intents.filter(({ intent }) => intent.kind === 'deposit').length > 1
        const last = arrived.map(reportOf).findLast((report) => report !== undefined)
        const isLate = last && record.reports.some((one) => one !== last && ((!ofAttempts && one.at > last.at) || (isEqual && one.at === last.at)))
        return interpret(isLate ? { ...record, reports: [last] } : record)
      },
    })),
  )(opened)
}

const seenBefore = (use: (isSeen: (body: Uint8Array) => boolean) => Fault): Fault => {
  return (opened) => {
    const seen = new Set<string>()
    return use((body) => {
      const text = textOf(body)
      const isSeen = seen.has(text)
      seen.add(text)
      return isSeen
    })(opened)
  }
}

const throws: Fault = onVerify((delivery, verify) => {
  const result = verify(delivery)
  if (isLeft(result)) throw new SyntaxError('Unexpected token')
  return result
})

/** The response that arrives after a callback of its order teaches a wrong id. */
const losesIdAfterCallback: Fault = (opened) => {
  let verified = 0
  return all(
    onVerify((delivery, verify) => {
      verified += 1
      return verify(delivery)
    }),
    onOperation(['deposit'], async (run) => {
      const before = verified
      const result = await run()
      if (isLeft(result) || verified === before) return result
      return right({ ...result.right, vendorIds: result.right.vendorIds.map((id) => `${id}9`) })
    }),
  )(opened)
}

/** The first report of an order has the money of the order. */
const believesOrder: Fault = (opened) => {
  const ordered = new Map<string, { readonly value: string; readonly currency: string }>()
  const first = new Map<string, string>()
  return all(
    onOperation(['deposit'], async (run, { amount }) => {
      const result = await run()
      if (!isLeft(result)) for (const id of result.right.vendorIds) ordered.set(id, amount)
      return result
    }),
    onCallback(({ report }) => {
      const money = ordered.get(report.vendorId)
      if (!first.has(report.vendorId)) first.set(report.vendorId, report.id)
      return { report: { ...report, ...(money && first.get(report.vendorId) === report.id && { money }) } }
    }),
  )(opened)
}

const genuineContent = believesChanged(() => ({}))

export const callbackFaults: Readonly<Record<string, Fault>> = {
  'CB-001': onVerify((delivery, verify) => {
    const result = verify(delivery)
    return !isLeft(result) && result.right.report.money && hasCents(result.right.report.money) ? refused() : result
  }),
  'CB-002': countsDeliveries((delivery) => delivery === 2),
  'CB-003': countsDeliveries((delivery) => delivery > 2 && delivery < 6),
  'CB-004': lastWins(),
  'CB-005': lastWins(),
  'CB-006': onProvider(({ verifyCallback }, { runtime }) => ({
    verifyCallback: (delivery) => {
      const result = verifyCallback(delivery)
      if (isLeft(result)) return result
      return runtime.now().getTime() - Date.parse(result.right.report.at) > 86_400_000 ? refused() : result
    },
  })),
  'CB-007': genuineContent,
  'CB-008': believesChanged(({ report }) => ({
    signs: 'everything',
    report: { ...report, id: `${report.id}9`, ...(report.money && { money: { ...report.money, value: '9100.00' } }) },
  })),
  'CB-009': believesChanged(({ report }) => ({ signs: 'everything', report: { ...report, id: `${report.id}9` } })),
  'CB-010': onProvider(({ interpret }) => ({
    interpret: (record) => {
      const reports = record.reports.map((report) =>
        report.proof === 'unproven' ? { ...report, proof: 'token' as const } : report,
      )
      return interpret({ ...record, reports })
    },
  })),
  'CB-011': believesRefused((body) => body.byteLength === 0),
  'CB-012': believesRefused((body) => body.byteLength > 20),
  'CB-013': throws,
  'CB-014': throws,
  'CB-015': aboutLastDeposit,
  'CB-016': aboutLastDeposit,
  'CB-017': aboutLastDeposit,
  'CB-018': losesIdAfterCallback,
  'CB-019': onlyKnownOrders(),
  'CB-020': genuineContent,
  'CB-021': onCreate(({ options }, good) =>
    good(Object.fromEntries(Object.entries(options).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]))),
  ),
  'CB-022': without('unrecognised'),
  'CB-023': onVariants(refused),
  'CB-024': onVariants((result) =>
    isLeft(result)
      ? result
      : right({ ...result.right, report: { ...result.right.report, id: randomId(result.right.report.id), method: 'future' } }),
  ),
  'CB-025': onCallback(({ report }) => ({ report: { ...report, id: randomId(report.id) } })),
  'CB-026': sameIdWithinHour,
  'CB-027': onCallback(({ report }) => ({ report: { ...report, at: '2036-01-01T00:00:00.000Z' } })),
  'CB-028': onCallback(() => ({ merchantReference: 'another' })),
  'CB-029': onOperation(['deposit'], (run, input, call) =>
    run(input, { ...call, callbackUrl: `${call.callbackUrl}?source=vendor` }),
  ),
  'CB-030': believesOrder,
  'CB-031': onProvider(({ verifyCallback }, { transport }) => ({
    verifyCallback: (delivery) => {
      void transport?.({ url: 'https://vendors.example/', headers: {}, body: new Uint8Array(), timeoutMs: 1_000 })()
      return verifyCallback(delivery)
    },
  })),
  'CB-032': lastWins(true),
  'CON-002': onVerify((delivery, verify) =>
    textOf(delivery.body).includes('order-17') ? refused() : verify(delivery),
  ),
  'CON-003': countsDeliveries((delivery) => delivery > 5),
}

/** Gives no acknowledgement to callbacks with this text. */
export const unacknowledged = (kind: RegExp): Fault =>
  onCallback(({ acknowledge }, body) => ({
    acknowledge: kind.test(textOf(body))
      ? () => ({ status: 500, contentType: 'text/plain', body: 'NO' })
      : acknowledge,
  }))

/** This answer is written in a way that the vendor does not know. */
const answersWrongly = (wrong: object): Fault =>
  onCallback(({ acknowledge }) => ({
    acknowledge: (answer) =>
      isDeepStrictEqual(answer, wrong) ? { status: 500, contentType: 'text/plain', body: 'YES' } : acknowledge(answer),
  }))

export const acknowledgementFaults: Readonly<Record<string, Fault>> = {
  'ACK-001': unacknowledged(/payment_state=credited/),
  'ACK-002': seenBefore((isSeen) =>
    onCallback(({ acknowledge }, body) => ({
      acknowledge: isSeen(body) ? () => ({ status: 500, contentType: 'text/plain', body: 'again' }) : acknowledge,
    })),
  ),
  'ACK-003': unacknowledged(/errorcode=-/),
  'ACK-004': unacknowledged(/payment_state=not_credited_yet/),
  'ACK-005': unacknowledged(/type=future/),
  'ACK-006': unacknowledged(/type=cft/),
  'ACK-007': answersWrongly({ recovered: true }),
  'ACK-008': answersWrongly({ recovered: false }),
  'ACK-009': answersWrongly({ reserved: true }),
  'ACK-010': answersWrongly({ reserved: false }),
  'ACK-011': answersWrongly({ proceed: true }),
  'ACK-012': answersWrongly({ proceed: false }),
  'ACK-013': onCallback(({ acknowledge }) => ({ acknowledge: () => acknowledge({ recovered: true }) })),
  'ACK-014': seenBefore((isSeen) =>
    onVerify((delivery, verify) => (isSeen(delivery.body) ? refused() : verify(delivery))),
  ),
}

