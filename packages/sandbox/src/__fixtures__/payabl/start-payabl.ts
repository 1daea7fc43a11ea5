import { createChaos } from '../../chaos/chaos.ts'
import { createChanges } from '../../platform/changes.ts'
import { createClock } from '../../platform/clock.ts'
import { createProcessPlatform } from '../../platform/process-platform.ts'
import { listen } from '../../platform/http-server.ts'
import type { Sandbox } from '../../index.ts'
import { type PayablOptions, startPayabl } from '../../payabl/payabl.ts'

/** payabl's sandbox alone, which starts faster without Trustly's keys. */
export type PayablAlone = Pick<Sandbox, 'payabl' | 'clock' | 'url' | 'close'>

export const startPayablAlone = async (payabl: PayablOptions = {}, now?: () => Date): Promise<PayablAlone> => {
  const server = await listen({ port: 0, host: '127.0.0.1' })
  const platform = createProcessPlatform(now)
  const clock = createClock(platform.now)
  const chaos = createChaos({ clock, seed: 1, script: { rules: [] } })
  const longest = { payments: 1000, messages: 4000 }
  const environment = { url: server.url, clock, chaos, platform, changes: createChanges(), longest }
  const { sandbox, routes, close } = startPayabl(environment, payabl)
  server.serve(routes)
  return {
    payabl: sandbox,
    clock,
    url: server.url,
    close: async () => {
      clock.close()
      await close()
      await server.close()
    },
  }
}
