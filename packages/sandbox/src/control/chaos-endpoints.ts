import { chaosKinds } from '../chaos/chaos-kinds.ts'
import { parseChaos } from '../chaos/chaos-rule.ts'
import type { Operator } from '../operator/operator.ts'
import { ControlProblem } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

export const chaosEndpoints = (chaos: Operator['chaos']): Endpoint[] => {
  const read = () => ({ ...chaos.script(), log: chaos.log() })
  const begin = (script: unknown) => {
    chaos.set(readScript(script))
    return read()
  }
  return [
    { method: 'GET', path: '/chaos', does: 'the rules, and those applied so far', answer: read },
    {
      method: 'PUT',
      path: '/chaos',
      does: 'starts a script: {"seed": 7, "rules": [{"on": "call", "method": "Refund", "nth": 2, "do": "drop"}]}',
      answer: ({ body }) => begin(body),
    },
    { method: 'DELETE', path: '/chaos', does: 'ends the script', answer: () => begin({ rules: [] }) },
    { method: 'GET', path: '/chaos/kinds', does: 'all kinds of chaos', answer: () => chaosKinds },
  ]
}

const readScript = (value: unknown) => {
  try {
    return parseChaos(value)
  } catch (error) {
    throw new ControlProblem(400, error instanceof Error ? error.message : 'That is not a chaos script.')
  }
}
