import { deepEqual, equal, ok } from 'node:assert/strict'
import { ownMethods, type PaymentRecord, type Report } from '@railswitch/core'
import { type Behaviour, vendorCan } from '../behaviour.ts'
import { refundReported } from '../world/expectations.ts'
import { dayMs, type World } from '../world/world.ts'

/** The record of a deposit with everything that this vendor reports about one. */
const fullRecord = async (world: World): Promise<PaymentRecord> => {
  await world.deposit()
  await world.vendor.approve?.('order-1')
  await world.advance(60_000)
  await world.vendor.credit('order-1')
  await world.advance(dayMs)
  const { payment } = await world.shop.payments.getDeposit({ reference: 'order-1' })
  if (world.provider.capabilities['refund.partial'].yes) {
    await world.refund(payment, '20.00', 'refund-1')
    await world.refund(payment, '20.00', 'refund-2')
    await world.advance(60_000)
    await world.vendor.returnRefund?.('order-1', world.money('20.00'))
    await refundReported(world)
  }
  await world.advance(dayMs)
  await world.vendor.reverse?.('order-1', world.money('30.00'))
  return world.record('order-1')
}

/** Every rotation of the reports, and their reverse. */
const orders = (reports: readonly Report[]): readonly (readonly Report[])[] => [
  [...reports].reverse(),
  ...reports.map((_, index) => [...reports.slice(index), ...reports.slice(0, index)]),
]

const textOf = (facts: readonly object[]): readonly string[] => facts.map((fact) => JSON.stringify(fact)).sort()

const frozen = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) frozen(member)
  }
  return value
}

const made = (record: PaymentRecord, more: Partial<Report>): PaymentRecord => {
  const [first] = record.reports
  if (!first) throw new Error('the record has no report')
  return { ...record, reports: [{ ...first, ...more }] }
}

/** What reports mean together. */
export const meaningBehaviours: readonly Behaviour[] = [
  {
    id: 'INT-001',
    says: 'derives the same facts from the reports in any order',
    because: 'the order of arrival is chance, and money is not',
    run: async (world) => {
      const record = await fullRecord(world)
      const expected = textOf(world.provider.interpret(record))
      ok(expected.length > 0, 'there must be facts')
      for (const reports of orders(record.reports))
        deepEqual(textOf(world.provider.interpret({ ...record, reports })), expected)
    },
  },
  {
    id: 'INT-002',
    says: 'derives the same facts from every prefix of the reports, whatever was interpreted before',
    because: 'a provider serves thousands of payments, and none may leave a trace in another',
    run: async (world) => {
      const record = await fullRecord(world)
      const prefixes = record.reports.map((_, index) => ({ ...record, reports: record.reports.slice(0, index + 1) }))
      const first = prefixes.map((prefix) => textOf(world.provider.interpret(prefix)))
      const again = [...prefixes].reverse().map((prefix) => textOf(world.provider.interpret(prefix)))
      deepEqual(again.reverse(), first)
    },
  },
  {
    id: 'INT-003',
    says: 'changes nothing in the record that it interprets',
    because: 'the record is the only memory of a payment',
    run: async (world) => {
      const record = frozen(structuredClone(await fullRecord(world)))
      ok(world.provider.interpret(record).length > 0)
    },
  },
  {
    id: 'INT-004',
    says: 'derives the same facts a year later, without the network',
    because: 'old payments are interpreted whenever they are shown',
    run: async (world) => {
      const record = await fullRecord(world)
      const now = textOf(world.provider.interpret(record))
      const requests = world.wire.requests.length
      await world.advance(365 * dayMs)
      deepEqual(textOf(world.provider.interpret(record)), now)
      equal(world.wire.requests.length, requests)
    },
  },
  {
    id: 'INT-005',
    says: 'gives each fact the ids of its reports as evidence',
    because: 'the evidence decides whether an event was already emitted',
    run: async (world) => {
      const record = await fullRecord(world)
      const ids = new Set(record.reports.map(({ id }) => id))
      for (const { type, evidence } of world.provider.interpret(record)) {
        ok(evidence.length > 0, `${type} has no evidence`)
        for (const id of evidence) ok(ids.has(id), `${type} has the evidence ${id}, which is no report`)
      }
    },
  },
  {
    id: 'INT-006',
    says: 'gives facts of one type and payment different keys',
    because: 'two facts with one key are one event, and the other money is lost',
    run: async (world) => {
      const keys = world.provider
        .interpret(await fullRecord(world))
        .map(({ type, intent, key }) => `${type} ${intent} ${key}`)
      equal(new Set(keys).size, keys.length, 'two facts have the same key')
    },
  },
  {
    id: 'INT-007',
    says: 'names only payments of the record',
    because: 'a fact about another payment moves money between customers',
    run: async (world) => {
      const record = await fullRecord(world)
      const refs = new Set((await world.record('order-1')).intents.map(({ intent }) => `${intent.kind} ${intent.rail}`))
      for (const { intent } of world.provider.interpret(record)) {
        const [, rail, kind] = intent.split('.')
        ok(refs.has(`${kind} ${rail}`), `${intent} is not in the record`)
      }
    },
  },
  {
    id: 'INT-008',
    says: 'never shrinks the evidence of a fact when another report arrives',
    because: 'an event whose evidence is gone is emitted a second time',
    run: async (world) => {
      const record = await fullRecord(world)
      const before = new Map<string, readonly string[]>()
      for (let count = 1; count <= record.reports.length; count += 1)
        for (const { type, key, evidence } of world.provider.interpret({
          ...record,
          reports: record.reports.slice(0, count),
        })) {
          if (!type.startsWith('deposit.') || type === 'deposit.checked') continue
          for (const id of before.get(`${type} ${key}`) ?? []) ok(evidence.includes(id), `${type} has lost ${id}`)
          before.set(`${type} ${key}`, evidence)
        }
    },
  },
  {
    id: 'INT-009',
    says: 'derives nothing from an empty record, and nothing from railswitch’s own reports',
    because: 'a decision of a person is not money from a bank',
    run: async (world) => {
      const record = await fullRecord(world)
      deepEqual(world.provider.interpret({ key: '', intents: [], reports: [], emitted: [] }), [])
      for (const method of Object.values(ownMethods)) {
        const facts = world.provider.interpret(
          made(record, { id: `own ${method}`, method, proof: 'person', members: {} }),
        )
        for (const { type } of facts) ok(type === 'review' || type === 'unrecognised', `${method} became ${type}`)
      }
    },
  },
  {
    id: 'INT-010',
    says: 'never throws, whatever a stored report contains',
    because: 'a payment that cannot be interpreted can be neither shown nor handled',
    run: async (world) => {
      const record = await fullRecord(world)
      const odd: readonly Partial<Report>[] = [
        { method: 'a method of a later release' },
        { method: '' },
        { members: {} },
        { members: { errorcode: 'x', state: 'x', amount: 'x', timestamp: 'x' } },
        { vendorId: '' },
        { at: '2026-01-01T00:00:00.000Z' },
        { money: { value: '1.00', currency: 'XXX' } },
      ]
      for (const more of odd) world.provider.interpret(made(record, more))
      const { money: _none, ...withoutMoney } = record.reports[0] ?? made(record, {}).reports[0] ?? fail()
      world.provider.interpret({ ...record, reports: [withoutMoney] })
    },
  },
  {
    id: 'INT-011',
    says: 'returns an unknown kind of report as unrecognised or as a review, and as no money',
    because: 'what is not understood must be seen, and must not ship anything',
    run: async (world) => {
      const record = await fullRecord(world)
      const facts = world.provider.interpret(
        made(record, { id: 'n', method: 'futurekind', members: {}, vendorId: '77' }),
      )
      ok(facts.length > 0, 'an unknown report was dropped')
      for (const { type } of facts) ok(['unrecognised', 'review'].includes(type), `it became ${type}`)
    },
  },
  {
    id: 'INT-012',
    says: 'has amounts in the canonical form of their currency',
    because: 'amounts are compared and added as text and as minor units',
    applies: [vendorCan('reverse')],
    run: async (world) => {
      for (const fact of world.provider.interpret(await fullRecord(world)))
        if ('amount' in fact && fact.amount)
          ok(/^\d+\.\d\d$/.test(fact.amount.value), `${fact.type} ${fact.amount.value}`)
    },
  },
]

const fail = (): never => {
  throw new Error('the record has no report')
}
