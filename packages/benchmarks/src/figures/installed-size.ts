import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { installedProjects } from '../installation/projects.ts'
import type { Figure } from '../measurement/figure.ts'

export const installedSize: Figure = {
  id: 'P13',
  what: 'installed size of railswitch alone, in MB',
  beside: 'stripe, mollie and adyen',
  hold: { most: 18 },
  reach: { most: 12 },
  measure: async ({ progress }) => {
    const { ours, peers } = await installedProjects(progress)
    const own = sizeOf(ours)
    const others = [...peers].map(([name, folder]) => `${name} ${text(sizeOf(folder))}`)
    return [{ of: '', value: own.megabytes, control: null, detail: `${text(own)}; ${others.join(', ')}` }]
  },
}

interface Size {
  readonly megabytes: number
  readonly packages: number
}

const text = ({ megabytes, packages }: Size): string =>
  `${megabytes.toFixed(1)} MB in ${packages} ${packages === 1 ? 'package' : 'packages'}`

const sizeOf = (folder: string): Size => {
  const entries = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const bytes = files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0)
  const isManifest = /node_modules\/(?:@[^/]+\/)?[^/]+$/
  const manifests = files.filter((file) => file.name === 'package.json' && isManifest.test(file.parentPath))
  return { megabytes: bytes / 1_000_000, packages: manifests.length }
}
