import { ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import { isLeft } from '@railswitch/core'
import { type Behaviour, declares, has } from '../behaviour.ts'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'

const marks = {
  firstName: 'Markedfirst',
  lastName: 'Markedlast',
  email: 'marked@customer.example',
  phone: '+46701234567',
  ip: '203.0.113.77',
} as const

const marked = (world: World) => {
  const { customer } = world.depositInput('order-1')
  return { customer: { ...customer, ...marks } }
}

/** The secrets among the options, and the customer's data. */
const hiddenIn = ({ options, samples }: World): readonly string[] => [
  ...samples.secrets.flatMap((name) => secretTexts(options[name])),
  ...Object.values(marks),
  samples.bankAccount.accountNumber,
]

const secretTexts = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(secretTexts)
  if (typeof value !== 'string') return []
  // Of a key in PEM, its lines.
  return value.includes('\n') ? value.split('\n').filter((line) => line.length > 30) : [value]
}

const expectHidden = (world: World, what: string, value: unknown): void => {
  const text = [
    inspect(value, { depth: 9 }),
    value instanceof Error ? `${value.message} ${value.stack}` : '',
    safeJson(value),
  ].join(' ')
  for (const hidden of hiddenIn(world)) ok(!text.includes(hidden), `${what} contains ${hidden.slice(0, 4)}…`)
}

const safeJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

const faults: readonly WireFault[] = [
  'refused',
  'response lost',
  'response cut',
  'request lost',
  { instead: { status: 500, contentType: 'text/plain', body: `${marks.lastName} ${marks.email}` } },
  { instead: { status: 200, contentType: 'application/json', body: `{"error":"${marks.lastName}"}` } },
]

/** Runs every way in which a call can fail. */
const failing = async (world: World, call: (index: number) => Promise<unknown>): Promise<readonly unknown[]> => {
  const errors: unknown[] = []
  for (const [index, fault] of faults.entries()) {
    world.wire.strike(fault)
    await call(index).catch((error) => errors.push(error))
    world.wire.repair()
  }
  return errors
}

const because = 'logs and error trackers are read by many people, and copied to other companies'

/** Secrets and personal data stay where they belong. */
export const redactionBehaviours: readonly Behaviour[] = [
  {
    id: 'RED-001',
    says: 'has no secret and no personal data in the errors of deposits',
    because,
    run: async (world) => {
      const errors = await failing(world, (index) => world.deposit(`order-${index}`, marked(world)))
      ok(errors.length > 0)
      for (const error of errors) expectHidden(world, 'an error', error)
    },
  },
  {
    id: 'RED-002',
    says: 'has no secret and no account number in the errors and outcomes of payouts',
    because,
    applies: [declares('payout.toAccount')],
    run: async (world) => {
      const results: unknown[] = []
      const errors = await failing(world, async (index) => results.push(await world.payout(`payout-${index}`)))
      for (const result of [...errors, ...results]) expectHidden(world, 'a result', result)
    },
  },
  {
    id: 'RED-003',
    says: 'has no secret and no personal data in logs',
    because,
    run: async (world) => {
      await failing(world, (index) => world.deposit(`order-${index}`, marked(world)))
      await world.deposit('order-9', marked(world))
      await world.vendor.credit('order-9')
      await world.syncAfter(3_600_000, 2)
      expectHidden(world, 'the log', world.shop.logs)
    },
  },
  {
    id: 'RED-004',
    says: 'has no personal data in what is stored',
    because: 'what is not stored cannot be stolen',
    run: async (world) => {
      await world.deposit('order-1', marked(world))
      await world.vendor.credit('order-1')
      expectHidden(world, 'the record', await world.record('order-1'))
    },
  },
  {
    id: 'RED-005',
    says: 'has no personal data and no account in the reports of callbacks',
    because: 'reports are stored, and shown in lists',
    run: async (world) => {
      await world.deposit('order-1', marked(world))
      const sent = await world.sending(() => world.vendor.credit('order-1'))
      for (const { body, headers } of sent) {
        const result = world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        if (!isLeft(result)) expectHidden(world, 'a report', result.right.report)
      }
    },
  },
  {
    id: 'RED-006',
    says: 'repeats nothing of a refused callback in its error',
    because: 'an attacker writes to the log what a refused callback repeats',
    run: async (world) => {
      await world.deposit()
      const [genuine] = await world.holding(() => world.vendor.credit('order-1'))
      if (!genuine) throw new Error('the vendor has sent no callback')
      const bodies = [`${marks.lastName}=1`, `{"${marks.email}":"${marks.lastName}"}`].map((text) => Buffer.from(text))
      for (const body of [...bodies, ...world.vendor.tamper(genuine).map(({ message }) => message.body)]) {
        const { headers } = genuine
        const result = world.provider.verifyCallback({ body, headers, contentType: headers['content-type'] ?? '' })
        if (isLeft(result)) expectHidden(world, 'the error of a refused callback', result.left)
      }
    },
  },
  {
    id: 'RED-007',
    says: 'has no secret in the provider itself when it is printed',
    because: 'a developer prints the configuration once, and the log keeps it',
    run: async (world) => {
      const { native: _client, ...provider } = world.provider
      expectHidden(world, 'the provider', provider)
    },
  },
  {
    id: 'RED-008',
    says: 'has no secret in the address of a request',
    because: 'addresses are written to the logs of every proxy on the way',
    run: async (world) => {
      await world.deposit('order-1', marked(world))
      for (const { url } of world.wire.requests)
        for (const hidden of hiddenIn(world))
          ok(!url.includes(encodeURIComponent(hidden)) && !url.includes(hidden), 'the address contains a secret')
    },
  },
  {
    id: 'RED-009',
    says: 'has no secret and no personal data in the results of look-ups',
    because,
    applies: [has('lookUp')],
    run: async (world) => {
      await world.deposit('order-1', marked(world))
      await world.holding(() => world.vendor.credit('order-1'))
      await world.advance(3_600_000)
      const record = await world.record('order-1')
      const { signal } = new AbortController()
      for (const fault of [null, ...faults]) {
        if (fault) world.wire.strike(fault)
        expectHidden(world, 'a look-up', await world.provider.lookUp?.(record, signal)())
        world.wire.repair()
      }
    },
  },
]
