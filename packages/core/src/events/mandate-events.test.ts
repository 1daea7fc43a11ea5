import { fact } from '../__fixtures__/bank.ts'
import { mandate, recordOf, refOf } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import { deriveEvents } from './derive-events.ts'

const first = mandate()
const second = mandate({ attempt: 2 })
const on = (day: number): string => `2026-01-0${day}T00:00:00.000Z`
const of = (day: number, one = first) => ({ intent: refOf(one), at: on(day), evidence: [`n-${day}`], key: `k-${day}` })
const pending = (one = first): Fact => fact('mandate.pending', { ...of(1, one), account: '8' })
const active = (account = '8', one = first): Fact => fact('mandate.active', { ...of(2, one), account })
const moved = fact('mandate.moved', { ...of(3), account: '8', to: '9' })
const revoked = fact('mandate.revoked', { ...of(4), reason: 'cancelled' })

const eventsOf = (...facts: readonly Fact[]) => deriveEvents(recordOf([first, second]), facts)
const typesOf = (...facts: readonly Fact[]) => eventsOf(...facts).map(({ event }) => event.type)

test.each<readonly [string, readonly Fact[], readonly string[]]>([
  ['signed', [pending()], ['mandate.pending']],
  ['registered', [pending(), active()], ['mandate.active']],
  ['moved', [active('9'), moved], ['mandate.active', 'mandate.moved']],
  ['revoked', [pending(), active(), moved, revoked], ['mandate.revoked']],
  ['revoked, and requested again', [revoked, active('9', second)], ['mandate.active', 'mandate.revoked']],
])('the events of a mandate that is %s', (_name, facts, types) => {
  expect(typesOf(...facts)).toEqual(types)
})

test('an event has what changed, and an id without the account', () => {
  expect(eventsOf(active())).toMatchObject([
    {
      event: {
        type: 'mandate.active',
        id: `${refOf(first)}:mandate.active:k-2`,
        payment: refOf(first),
        reference: 'mandate-1',
        account: '8',
        now: { state: 'active', net: { value: '0', currency: 'XXX' } },
      },
      evidence: ['n-2'],
      separate: true,
    },
  ])
  expect(eventsOf(moved)).toMatchObject([{ event: { account: '8', to: '9', id: `${refOf(first)}:mandate.moved:k-3` } }])
})

test('an end that is reported twice is one event', () => {
  const again = { ...revoked, evidence: ['own'], key: 'own' }
  expect(eventsOf(revoked, again)).toMatchObject([{ event: { reason: 'cancelled' }, evidence: ['n-4', 'own'] }])
})
