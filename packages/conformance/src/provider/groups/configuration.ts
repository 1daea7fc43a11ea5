import { equal, ok } from 'node:assert/strict'
import { isLeft } from '@railswitch/core'
import type { Behaviour } from '../behaviour.ts'
import type { World } from '../world/world.ts'

/** The issues of these options. */
const issuesOf = ({ definition, wire, time }: World, options: Readonly<Record<string, unknown>>) => {
  const created = definition.create(options, { transport: wire.transport, runtime: time.provider })
  return isLeft(created) ? created.left : []
}

const fieldsOf = (world: World, options: Readonly<Record<string, unknown>>): readonly string[] =>
  issuesOf(world, options).map(({ field }) => field)

/** A mistake in one of two fields that depend on each other may be named by either, and by the path of an element. */
const names = (fields: readonly string[], field: string): boolean =>
  fields.some((one) => one === field || one.startsWith(`${field}.`))

const oddValues: readonly unknown[] = [
  null,
  0,
  -1,
  1e21,
  true,
  '',
  ' ',
  'x',
  [],
  [null],
  {},
  { a: 1 },
  Symbol.iterator,
  () => 1,
]

/** The options of the provider. */
export const configurationBehaviours: readonly Behaviour[] = [
  {
    id: 'CFG-001',
    says: 'creates a provider from valid options, with an id that is always the same and all required members',
    because: 'a shop that does not start takes no money',
    run: async ({ provider, create }) => {
      ok(typeof provider.id === 'string' && provider.id !== '', 'id must be a text')
      equal(create().id, provider.id, 'the same provider must have the same id')
      ok(provider.transactions === 'one' || provider.transactions === 'many', "transactions must be 'one' or 'many'")
      equal(typeof provider.replays, 'boolean')
      equal(typeof provider.interpret, 'function')
      equal(typeof provider.verifyCallback, 'function')
      equal(typeof provider.operations, 'object')
      equal(typeof provider.questions, 'object')
    },
  },
  {
    id: 'CFG-002',
    says: 'sends nothing and starts no timer before the first call',
    because: 'a shop must start while a vendor is down',
    run: async (world) => {
      let timers = 0
      const runtime = {
        ...world.time.provider,
        after: (...given: Parameters<typeof world.time.provider.after>) => {
          timers += 1
          return world.time.provider.after(...given)
        },
      }
      world.definition.create(world.options, { transport: world.wire.transport, runtime })
      await new Promise((resolve) => setImmediate(resolve))
      equal(world.wire.requests.length, 0, 'it has sent a request')
      equal(timers, 0, 'it has started a timer')
    },
  },
  {
    id: 'CFG-003',
    says: 'names the field of each mistake',
    because: 'a mistake that is found at the first payment is found by a customer',
    run: async (world) => {
      for (const { option, value, field = option } of world.samples.mistakes) {
        const fields = fieldsOf(world, { ...world.options, [option]: value })
        ok(names(fields, field), `a wrong ${option} is reported as ${fields.join(', ') || 'valid'}`)
      }
    },
  },
  {
    id: 'CFG-004',
    says: 'names all mistakes at once',
    because: 'a person who corrects one mistake at a time starts the shop ten times',
    run: async (world) => {
      const wrong = Object.fromEntries(world.samples.mistakes.map(({ option, value }) => [option, value]))
      const fields = fieldsOf(world, { ...world.options, ...wrong })
      for (const { option, field = option } of world.samples.mistakes)
        ok(names(fields, field), `${option} is not among the mistakes ${fields.join(', ')}`)
    },
  },
  {
    id: 'CFG-005',
    says: 'names each required option that is missing',
    because: 'a variable that was not set must not become a default',
    run: async (world) => {
      for (const option of world.samples.required) {
        const { [option]: _missing, ...rest } = world.options
        ok(names(fieldsOf(world, rest), option), `${option} is not reported as missing`)
      }
      for (const option of world.samples.required) ok(names(fieldsOf(world, {}), option), `${option} is not required`)
    },
  },
  {
    id: 'CFG-006',
    says: 'refuses an option that it does not know',
    because: 'a misspelt option that is ignored leaves the default in force',
    run: async (world) => {
      ok(names(fieldsOf(world, { ...world.options, misspeltOption: 'x' }), 'misspeltOption'))
    },
  },
  {
    id: 'CFG-007',
    says: 'never repeats the value of an option in its issues',
    because: 'a secret is easily pasted into the wrong option, and the error is logged',
    run: async (world) => {
      const secret = 'Marked-secret-0123456789'
      for (const option of [...Object.keys(world.options), ...world.samples.mistakes.map((one) => one.option)])
        for (const value of [secret, `${secret}\n`, [secret], { [secret]: secret }]) {
          const text = JSON.stringify(issuesOf(world, { ...world.options, [option]: value, another: secret }))
          ok(!text.includes(secret), `the issues of ${option} repeat its value`)
        }
    },
  },
  {
    id: 'CFG-008',
    says: 'gives each issue a rule and a fix',
    because: 'the person who reads it at night has only these words',
    run: async (world) => {
      const wrong = Object.fromEntries(world.samples.mistakes.map(({ option, value }) => [option, value]))
      for (const { field, rule, fix } of issuesOf(world, { ...world.options, ...wrong }))
        for (const text of [field, rule, fix]) ok(typeof text === 'string' && text.trim() !== '', `${field}: ${rule}`)
    },
  },
  {
    id: 'CFG-009',
    says: 'never throws for options of any type',
    because: 'an exception hides every other mistake of the configuration',
    run: async (world) => {
      for (const option of Object.keys(world.options))
        for (const value of oddValues) issuesOf(world, { ...world.options, [option]: value })
      issuesOf(world, {})
      equal(issuesOf(world, world.options).length, 0)
    },
  },
  {
    id: 'CFG-010',
    says: 'does not change the options',
    because: 'two rails are often created from one object',
    run: async (world) => {
      const options = { ...world.options }
      const before = JSON.stringify(options)
      issuesOf(world, Object.freeze(options))
      equal(JSON.stringify(options) === before, true, 'the options were changed')
    },
  },
  {
    id: 'CFG-011',
    says: 'has no state that two providers share',
    because: 'two accounts of one vendor are two rails',
    run: async (world) => {
      const other = world.create()
      ok(other !== world.provider, 'each call must create a provider of its own')
      await world.paidDeposit()
      equal(other.interpret({ key: '', intents: [], reports: [], emitted: [] }).length, 0)
    },
  },
  {
    id: 'CFG-012',
    says: 'gives each variable of the environment an option of its own',
    because: 'an option that is set by two variables has the value of either',
    run: async ({ definition }) => {
      ok(typeof definition.use === 'string' && definition.use !== '')
      const options = Object.values(definition.variables)
      equal(new Set(options).size, options.length)
      for (const name of Object.keys(definition.variables)) ok(/^[A-Z][A-Z0-9_]*$/.test(name), `${name} is no variable`)
    },
  },
]
