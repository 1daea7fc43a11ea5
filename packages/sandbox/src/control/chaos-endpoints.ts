import type { Chaos } from '../chaos/chaos.ts'
import { chaosKinds } from '../chaos/chaos-kinds.ts'
import { parseChaos } from '../chaos/chaos-rule.ts'
import { ControlProblem } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

export const chaosEndpoints = (chaos: Chaos): Endpoint[] => {
  const read = () => ({ ...chaos.script(), log: chaos.log() })
  const begin = (script: unknown) => {
    chaos.set(readScript(script))
    return read()
  }
  return [
    { method: 'GET', path: '/chaos', does: 'the rules, and what went wrong so far', answer: read },
    {
      method: 'PUT',
      path: '/chaos',
      does: 'begins a script: {"seed": 7, "rules": [{"on": "call", "method": "Refund", "nth": 2, "do": "drop"}]}',
      answer: ({ body }) => begin(body),
    },
    { method: 'DELETE', path: '/chaos', does: 'ends it', answer: () => begin({ rules: [] }) },
    { method: 'GET', path: '/chaos/kinds', does: 'everything that can go wrong on purpose', answer: () => chaosKinds },
  ]
}

const readScript = (value: unknown) => {
  try {
    return parseChaos(value)
  } catch (error) {
    throw new ControlProblem(400, error instanceof Error ? error.message : 'That is no chaos.')
  }
}
