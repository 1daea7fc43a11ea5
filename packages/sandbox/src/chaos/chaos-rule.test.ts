import { keys } from '../__fixtures__/keys.ts'
import { startSandbox } from '../index.ts'
import { createClock } from '../platform/clock.ts'
import { createChaos } from './chaos.ts'
import { chaosKinds, happensAt, isChaosKind } from './chaos-kinds.ts'
import { type ChaosRule, parseChaos } from './chaos-rule.ts'
import { seededNumber } from './random.ts'

const chaosOf = (seed: number, ...rules: ChaosRule[]) => createChaos({ clock: createClock(), seed, script: { rules } })

const call = (method: string) => ({ vendor: 'trustly', on: 'call', method }) as const

const strikes = (chaos: ReturnType<typeof chaosOf>, times: number, method = 'Refund') =>
  Array.from({ length: times }, () => chaos.apply(call(method)).length)

test('a rule strikes at the nth occasion that it concerns', () => {
  const chaos = chaosOf(1, { do: 'drop', on: 'call', method: 'Refund', nth: [2, 4] })
  expect(strikes(chaos, 3, 'Deposit')).toEqual([0, 0, 0])
  expect(strikes(chaos, 5)).toEqual([0, 1, 0, 1, 0])
})

test('without nth and probability it strikes every time', () => {
  expect(strikes(chaosOf(1, { do: 'drop', on: 'call' }), 3)).toEqual([1, 1, 1])
})

test('chance is drawn from the seed: the same seed, the same draws', () => {
  const rule: ChaosRule = { do: 'drop', on: 'call', probability: 0.3 }
  const [one, again, other] = [7, 7, 8].map((seed) => strikes(chaosOf(seed, rule), 200))
  expect(again).toEqual(one)
  expect(other).not.toEqual(one)
  const share = (one ?? []).filter((struck) => struck === 1).length / 200
  expect(share).toBeGreaterThan(0.2)
  expect(share).toBeLessThan(0.4)
})

test('what one rule draws does not depend on the others', () => {
  const rule: ChaosRule = { do: 'delay', on: 'call', probability: 0.5 }
  const alone = strikes(chaosOf(7, rule), 50)
  const together = chaosOf(7, rule, { do: 'drop', on: 'callback' })
  expect(strikes(together, 50)).toEqual(alone)
})

test('draws are spread evenly', () => {
  const draws = Array.from({ length: 1000 }, (_, index) => seededNumber(1, index))
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...draws)).toBeLessThan(1)
  expect(draws.reduce((sum, draw) => sum + draw, 0) / 1000).toBeCloseTo(0.5, 1)
})

test('a new script counts from the start, and its log is its own', () => {
  const chaos = chaosOf(1, { do: 'drop', on: 'call', nth: 1 })
  expect(strikes(chaos, 2)).toEqual([1, 0])
  expect(chaos.log()).toEqual([
    { at: expect.any(String), vendor: 'trustly', on: 'call', method: 'Refund', did: 'drop', rule: 0 },
  ])
  chaos.set(chaos.script())
  expect(chaos.log()).toEqual([])
  expect(strikes(chaos, 2)).toEqual([1, 0])
})

test('a rule for both vendors leaves alone the one that has no such thing', () => {
  const chaos = chaosOf(1, { do: 'rs512', on: 'callback' })
  expect(chaos.apply({ vendor: 'payabl', on: 'callback', method: 'capture' })).toEqual([])
  expect(chaos.apply({ vendor: 'trustly', on: 'callback', method: 'credit' })).toHaveLength(1)
})

test.each([
  [null, /no JSON object/],
  [[], /no JSON object/],
  [{}, /no list of rules/],
  [{ rules: [], seed: 1.5 }, /seed/],
  [{ rules: [], rule: [] }, /a member rule/],
  [{ rules: [{ do: 'explode', on: 'call' }] }, /Rule 0 does explode, which does not exist/],
  [{ rules: [{ do: 'toString', on: 'call' }] }, /does not exist/],
  [{ rules: [{ do: 'drop', on: 'wire' }] }, /neither call nor callback/],
  [{ rules: [{ do: 'drop', on: 'call', vendor: 'stripe' }] }, /vendor/],
  [{ rules: [{ do: 'reorder', on: 'call' }] }, /which no call can/],
  [{ rules: [{ do: 'bad-signature', on: 'call', vendor: 'payabl' }] }, /which no call of payabl can/],
  [{ rules: [{ do: 'drop', on: 'call', nth: 0 }] }, /nth/],
  [{ rules: [{ do: 'drop', on: 'call', nth: 1, probability: 1 }] }, /both nth and probability/],
  [{ rules: [{ do: 'drop', on: 'call', probability: 2 }] }, /probability/],
  [{ rules: [{ do: 'delay', on: 'call', ms: -1 }] }, /ms/],
  [{ rules: [{ do: 'duplicate', on: 'callback', times: 1 }] }, /times/],
  [{ rules: [{ do: 'late-debit', on: 'callback', days: 1e9 }] }, /days/],
  [{ rules: [{ do: 'drop', on: 'call', methods: [] }] }, /a member methods/],
])('refuses %j', (script, message) => expect(() => parseChaos(script)).toThrow(message))

test('every kind can be asked for where it happens, 500 as a number too', () => {
  const names = Object.keys(chaosKinds).filter(isChaosKind)
  for (const name of names)
    for (const on of ['call', 'callback'] as const)
      for (const vendor of ['trustly', 'payabl'] as const)
        if (happensAt(name, on, vendor)) expect(parseChaos({ rules: [{ do: name, on, vendor }] }).rules).toHaveLength(1)
  expect(parseChaos({ rules: [{ do: 500, on: 'call' }] }).rules).toEqual([{ do: '500', on: 'call' }])
})

test('a sandbox begins with its script, which the control API changes', async () => {
  const rules: ChaosRule[] = [{ do: 'drop', on: 'call', nth: 3 }]
  const sandbox = await startSandbox({ seed: 5, chaos: { rules }, trustly: { keys } })
  const ask = async (method: string, body?: object) => {
    const headers = { Authorization: `Bearer ${sandbox.control.token}` }
    const response = await fetch(`${sandbox.control.url}/chaos`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, content: await response.json() }
  }
  expect((await ask('GET')).content).toEqual({ seed: 5, rules, log: [] })
  expect((await ask('PUT', { seed: 9, rules: [] })).content).toEqual({ seed: 9, rules: [], log: [] })
  expect(await ask('PUT', { rules: [{}] })).toEqual({
    status: 400,
    content: { error: expect.stringMatching(/^Rule 0/) },
  })
  expect((await ask('DELETE')).content).toEqual({ seed: 5, rules: [], log: [] })
  await sandbox.close()
})

test('a sandbox refuses a script with an unknown kind when it is set, and keeps the one before', async () => {
  const sandbox = await startSandbox({ trustly: { keys } })
  sandbox.chaos.set({ rules: [{ do: 'drop', on: 'call' }] })
  const wrong = { do: 'explode', on: 'callback' } as unknown as ChaosRule
  expect(() => sandbox.chaos.set({ rules: [wrong] })).toThrow('Rule 0 does explode, which does not exist.')
  await expect(fetch(sandbox.trustly.url, { method: 'POST' })).rejects.toThrow('fetch failed')
  await sandbox.close()
})
