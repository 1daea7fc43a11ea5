import type { OperatedVendor, Operator } from '../operator/operator.ts'
import { ControlProblem } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

export const clockEndpoints = (clock: Operator['clock'], vendors: readonly OperatedVendor[]): Endpoint[] => {
  const read = () => ({ now: clock.now().toISOString() })
  return [
    { method: 'GET', path: '/clock', does: 'the time of both vendors', answer: read },
    {
      method: 'POST',
      path: '/clock',
      does: 'moves it forward: {"minutes": 31} or {"days": 15}; responds when everything that fell due has happened and each callback had its first attempt',
      answer: async ({ optionalNumber }) => {
        const minutes = (optionalNumber('minutes') ?? 0) + (optionalNumber('days') ?? 0) * 24 * 60
        if (!(minutes > 0 && minutes <= longestMove))
          throw new ControlProblem(400, 'The clock can be moved forward only, by at most ten years.')
        await clock.move(minutes * 60_000)
        await Promise.all(vendors.map(({ attempted }) => attempted()))
        return read()
      },
    },
  ]
}

const longestMove = 10 * 366 * 24 * 60
