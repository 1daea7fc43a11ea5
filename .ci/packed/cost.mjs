import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createProject } from './project.mjs'

export const about = 'installed size (at most 18 MB) and time of import, beside stripe in the same run'

const largest = 18_000_000
const rounds = 7

/** Each runs in a process of its own: the time of the import, in milliseconds. */
const programs = {
  'import stripe': "await import('stripe')",
  'import railswitch': "await import('railswitch')",
  'railswitch with one rail': `const { createPayments, memoryStore } = await import('railswitch')
createPayments({
  active: 'payabl',
  providers: { payabl: { use: 'payabl-trustly', environment: 'test', merchantId: 'm', secret: 's' } },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['a-secret-that-only-this-test-uses-0001'] },
  logger: false,
})`,
}

export const run = async (context) => {
  const ours = await createProject({ ...context, folder: join(context.folder, 'ours') }, { packed: ['railswitch'] })
  const theirs = await createProject(
    { ...context, folder: join(context.folder, 'theirs') },
    { packed: [], dependencies: { stripe: '23.1.0' } },
  )
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const [name, text] of Object.entries(programs)) {
      const timed = `const begun = performance.now()\n${text}\nconsole.log(performance.now() - begun)`
      const project = name.includes('stripe') ? theirs : ours
      times[name].push(Number(await project.run('node', '--input-type=module', '--eval', timed)))
    }
  const [our, their] = [sizeOf(ours.folder), sizeOf(theirs.folder)]
  const lines = [
    `railswitch: ${megabytes(our.bytes)} in ${our.packages} packages; stripe: ${megabytes(their.bytes)} in ${their.packages}`,
    ...Object.entries(times).map(
      ([name, all]) => `${name}: ${median(all).toFixed(0)} ms (median of ${rounds}; not asserted)`,
    ),
  ]
  if (our.bytes > largest) throw new Error(`more than ${megabytes(largest)}\n${lines.join('\n')}`)
  return lines.join('\n')
}

const sizeOf = (folder) => {
  const files = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true })
  const bytes = files
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
  const manifests = files.filter(
    (entry) =>
      entry.name === 'package.json' && /node_modules\/(?:@[^/]+\/)?[^/]+$/.test(entry.parentPath ?? entry.path),
  )
  return { bytes, packages: manifests.length }
}

const megabytes = (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
