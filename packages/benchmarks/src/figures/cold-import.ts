import { oneRail } from '../installation/programs.ts'
import { installedProjects, runIn } from '../installation/projects.ts'
import type { Figure } from '../measurement/figure.ts'
import { median } from '../measurement/median.ts'

const importRailswitch = "await import('railswitch')"

export const coldImport: Figure = {
  id: 'P9',
  what: 'cold start in a new process',
  beside: 'the import of stripe',
  hold: { most: 1 },
  reach: { most: 0.5 },
  measure: async ({ effort, progress }) => {
    const { ours, peers } = await installedProjects(progress)
    const stripe = { folder: peers.get('stripe') ?? '', program: "await import('stripe')" }
    const programs = {
      limit: stripe,
      import: { folder: ours, program: importRailswitch },
      'with one rail': { folder: ours, program: oneRail },
      again: stripe,
    }
    const times: Record<string, number[]> = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
    const rounds = Math.min(21, effort.rounds)
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`)
      for (const [name, { folder, program }] of Object.entries(programs)) {
        const timed = `const begun = performance.now()\n${program}\nconsole.log(performance.now() - begun)`
        times[name]?.push(Number(await runIn(folder, timed)))
      }
    }
    const of = (name: string): number => median(times[name] ?? [])
    return ['import', 'with one rail'].map((name) => ({
      of: name,
      value: of(name) / of('limit'),
      control: of('again') / of('limit'),
      detail: `${of(name).toFixed(0)} ms, stripe ${of('limit').toFixed(0)} ms`,
    }))
  },
}
