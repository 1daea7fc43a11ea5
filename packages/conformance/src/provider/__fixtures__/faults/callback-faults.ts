import { isLeft, left, right } from '@railswitch/core'
import { callbackRefused, type Fact } from '@railswitch/core/provider'
import { all, type Fault, onCallback, onCreate, onFacts, onOperation, onProvider, onResponse, onVerify, textOf, without } from './fault.ts'
import { aboutLastDeposit, believesChanged, believesRefused, onlyKnownOrders, onVariants } from './invented.ts'

const refused = () => left(callbackRefused({ message: 'A fault.', hint: 'None.' }))

let count = 0
const randomId = (id: string): string => {
  count += 1
  return `${id} ${count}`
}

/** Each delivery is a report of its own, and a credit of its own. */
const countsDeliveries: Fault = (opened) =>
  onFacts((facts, { reports }) =>
    facts.flatMap((fact): readonly Fact[] => {
      if (fact.type !== 'deposit.credited') return [fact]
      return reports
        .filter(({ id }) => id.startsWith(fact.evidence[0]?.split(' ')[0] ?? '-'))
        .map(({ id }) => ({ ...fact, vendorId: `${fact.vendorId} ${id}`, key: id, evidence: [id] }))
    }),
  )(onCallback(({ report }) => ({ report: { ...report, id: randomId(report.id.replaceAll(' ', '_')) } }))(opened))

/** Only the report that arrived last counts. */
const lastWins: Fault = (opened) => {
  let arrived = 0
  return all(
    onCallback(({ report }) => {
      arrived += 1
      return { report: { ...report, at: new Date(Date.parse('2026-03-02T08:00:00.000Z') + arrived).toISOString() } }
    }),
    onProvider(({ interpret }) => ({
      interpret: (record) => interpret({ ...record, reports: record.reports.slice(-1) }),
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

const genuineContent = believesChanged(() => ({}))

export const callbackFaults: Readonly<Record<string, Fault>> = {
  'CB-001': onVerify(refused),
  'CB-002': countsDeliveries,
  'CB-003': countsDeliveries,
  'CB-004': lastWins,
  'CB-005': lastWins,
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
  'CB-018': onResponse(['deposit'], ({ vendorIds }) => ({ vendorIds: vendorIds.map((id) => `${id}9`) })),
  'CB-019': onlyKnownOrders,
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
  'CB-026': onCallback(({ report }) => ({ report: { ...report, id: 'one' } })),
  'CB-027': onCallback(({ report }) => ({ report: { ...report, at: '2036-01-01T00:00:00.000Z' } })),
  'CB-028': onCallback(() => ({ merchantReference: 'another' })),
  'CB-029': onOperation(['deposit'], (run, input, call) =>
    run(input, { ...call, callbackUrl: call.callbackUrl.replace(/(\/rail)\/.*/, '$1') }),
  ),
  'CB-030': onCallback(({ report }) => ({
    report: { ...report, ...(report.money && { money: { ...report.money, value: '100.00' } }) },
  })),
  'CB-031': onProvider(({ verifyCallback }, { transport }) => ({
    verifyCallback: (delivery) => {
      void transport?.({ url: 'https://vendors.example/', headers: {}, body: new Uint8Array(), timeoutMs: 1_000 })()
      return verifyCallback(delivery)
    },
  })),
  'CB-032': lastWins,
  'CON-002': onVerify((delivery, verify) =>
    textOf(delivery.body).includes('order-17') ? refused() : verify(delivery),
  ),
  'CON-003': countsDeliveries,
}

const unacknowledged = onCallback(() => ({ acknowledge: () => ({ status: 500, contentType: 'text/plain', body: 'NO' }) }))

/** An answer that the vendor does not know. */
const answersWrongly = onCallback(({ acknowledge }) => ({
  acknowledge: (answer) => (answer === 'ok' ? acknowledge(answer) : { status: 500, contentType: 'text/plain', body: 'YES' }),
}))

export const acknowledgementFaults: Readonly<Record<string, Fault>> = {
  'ACK-001': unacknowledged,
  'ACK-002': seenBefore((isSeen) =>
    onCallback(({ acknowledge }, body) => ({
      acknowledge: isSeen(body) ? () => ({ status: 500, contentType: 'text/plain', body: 'again' }) : acknowledge,
    })),
  ),
  'ACK-003': unacknowledged,
  'ACK-004': unacknowledged,
  'ACK-005': unacknowledged,
  'ACK-006': unacknowledged,
  'ACK-007': answersWrongly,
  'ACK-008': answersWrongly,
  'ACK-009': answersWrongly,
  'ACK-010': answersWrongly,
  'ACK-011': answersWrongly,
  'ACK-012': answersWrongly,
  'ACK-013': onCallback(({ acknowledge }) => ({ acknowledge: () => acknowledge({ recovered: true }) })),
  'ACK-014': seenBefore((isSeen) =>
    onVerify((delivery, verify) => (isSeen(delivery.body) ? refused() : verify(delivery))),
  ),
}

