import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DerivedEvent,
  deriveRecord,
  eventTypes,
  isLeft,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentState,
} from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import { type GoldenHistory, goldenHistories } from './__fixtures__/golden-histories.ts'
import { inOrder } from './__fixtures__/history.ts'
import { play } from './__fixtures__/play-history.ts'
import { playedRail } from './__fixtures__/played-rails.ts'

/**
 * The records of payments as each release stored them, and what it derived from them. Every later release must derive the same and emit
 * nothing again. `RAILSWITCH_GOLDEN=<release>` writes those of a new release; the old ones are never written again.
 */
const folder = join(import.meta.dirname, '__fixtures__', 'golden')

type Adapter = keyof typeof goldenHistories

interface Golden {
  readonly name: string
  readonly record: PaymentRecord
  readonly derived: ReturnType<typeof derivedFrom>
}

const providerOf = (adapter: Adapter): PaymentProvider => {
  const { use, ...options } = configOf(adapter)
  const made = use === 'trustly-direct' ? createTrustlyDirect(options as never) : createPayablTrustly(options as never)
  if (isLeft(made)) throw new Error(JSON.stringify(made.left))
  return made.right
}

const configOf = (adapter: Adapter) => {
  const { config } = playedRail(goldenHistories[adapter][0]?.rail ?? 'trustly')
  if (!('use' in config)) throw new Error('A golden record must belong to a provider of railswitch.')
  return config
}

const derivedFrom = (adapter: Adapter, record: PaymentRecord) => {
  const { state, comparison, reviews, pending } = deriveRecord(record, new Map([['v', providerOf(adapter)]]))
  return {
    state: state && shortState(state),
    events: comparison.pairs.map(({ derived }) => shortEvent(derived)),
    reviews: reviews.map(({ id }) => id),
    again: pending.map(shortEvent),
    differences: comparison.differences.length,
  }
}

const shortEvent = ({ event, money, refund, evidence }: DerivedEvent) => ({
  type: event.type,
  ...(money && { money: `${money.value} ${money.currency}` }),
  ...(refund !== undefined && { refund }),
  evidence: [...evidence].sort(),
})

const shortState = (state: PaymentState) => {
  const { attempts, reference: _reference, ref: _ref, at: _at, ...rest } = state
  return { ...rest, attempts: attempts.map(({ ref, state: one }) => `${ref} ${one}`) }
}

const record = async ({ rail, name, reference, ...history }: GoldenHistory, adapter: Adapter): Promise<Golden> => {
  const { payments, store } = await play(playedRail(rail), history, inOrder)
  const found = await store.find(reference)
  await payments.close()
  if (!found) throw new Error(`There is no record of ${name}.`)
  return { name, record: found, derived: derivedFrom(adapter, found) }
}

const { RAILSWITCH_GOLDEN: release } = process.env
const adapters = Object.keys(goldenHistories) as readonly Adapter[]

beforeAll(async () => {
  if (release === undefined || existsSync(join(folder, release))) return
  mkdirSync(join(folder, release), { recursive: true })
  for (const adapter of adapters) {
    const all: Golden[] = []
    for (const history of goldenHistories[adapter]) all.push(await record(history, adapter))
    writeFileSync(join(folder, release, `${adapter}.json`), `${JSON.stringify(all, null, 2)}\n`)
  }
})

const goldenOf = (file: string): readonly Golden[] => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const filesOf = (adapter: Adapter): readonly string[] => readdirSync(folder).map((one) => join(one, `${adapter}.json`))

describe.each(adapters)('the golden records of %s', (adapter) => {
  test('have the same meaning as in their release, and nothing is emitted again', () => {
    for (const file of filesOf(adapter))
      for (const { name, record: stored, derived } of goldenOf(file))
        expect({ name, ...derivedFrom(adapter, stored) }).toMatchObject({ name, ...derived })
  })

  test('lead to no new event and no review', () => {
    for (const file of filesOf(adapter))
      for (const { name, record: stored } of goldenOf(file))
        expect({ name, ...derivedFrom(adapter, stored) }).toMatchObject({ name, again: [], differences: 0 })
  })
})

test('the golden records contain every event', () => {
  const emitted = adapters.flatMap((adapter) =>
    filesOf(adapter).flatMap((file) =>
      goldenOf(file).flatMap(({ record: { emitted: all } }) => all.map(({ type }) => type)),
    ),
  )
  expect([...new Set(emitted)].sort()).toEqual([...eventTypes].sort())
})
