import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { oneRail } from '../installation/programs.ts'
import { installedProjects, runIn } from '../installation/projects.ts'
import type { Figure } from '../measurement/figure.ts'

const large = ['axios', 'node-forge', 'fast-xml-parser', 'transliteration', 'csv-parse', 'pg']

export const moduleGraph: Figure = {
  id: 'P10',
  what: `${large.join(', ')} loaded before their first use`,
  beside: 'none of them',
  hold: { most: 0 },
  reach: { most: 0 },
  measure: async ({ progress }) => {
    const { ours } = await installedProjects(progress)
    const files = await loadedBy(ours, oneRail)
    const names = large.filter((name) => files.some((file) => file.includes(`/node_modules/${name}/`)))
    if (!files.some((file) => file.includes('/node_modules/railswitch/'))) throw new Error('P10: nothing was recorded')
    return [
      { of: '', value: names.length, control: null, detail: names.join(', ') || `${files.length} files are loaded` },
    ]
  },
}

/** V8 lists every script that a process has compiled. */
const loadedBy = async (folder: string, program: string): Promise<readonly string[]> => {
  const coverage = mkdtempSync(join(tmpdir(), 'railswitch-coverage-'))
  try {
    await runIn(folder, program, { NODE_V8_COVERAGE: coverage })
    return readdirSync(coverage)
      .flatMap((file): { url: string }[] => JSON.parse(readFileSync(join(coverage, file), 'utf8')).result)
      .map(({ url }) => url)
      .filter((url) => url.includes('/node_modules/'))
  } finally {
    rmSync(coverage, { recursive: true, force: true })
  }
}
