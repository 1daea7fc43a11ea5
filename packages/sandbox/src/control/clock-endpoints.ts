import type { Vendor } from '../operator/operated-vendor.ts'
import type { Clock } from '../platform/clock.ts'
import { ControlProblem } from './control-request.ts'
import type { Endpoint } from './endpoint.ts'

export const clockEndpoints = (clock: Clock, vendors: readonly Vendor[]): Endpoint[] => {
  const read = () => ({ now: clock.now().toISOString() })
  return [
    { method: 'GET', path: '/clock', does: 'the time of both vendors', answer: read },
    {
      method: 'POST',
      path: '/clock',
      does: 'moves it forward: {"minutes": 31} or {"days": 15}; answers when all that fell due has happened and was told',
      answer: async ({ optionalNumber }) => {
        const minutes = (optionalNumber('minutes') ?? 0) + (optionalNumber('days') ?? 0) * 24 * 60
        if (!(minutes > 0 && minutes <= longestMove))
          throw new ControlProblem(400, 'The clock moves forward, by up to ten years.')
        await clock.move(minutes * 60_000)
        await Promise.all(vendors.map(({ told }) => told()))
        return read()
      },
    },
  ]
}

const longestMove = 10 * 366 * 24 * 60
