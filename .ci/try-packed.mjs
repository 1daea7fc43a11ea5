// Packs the public packages and tries them as a new user does: installed from their tarballs, in empty projects in temporary folders.
// `node .ci/try-packed.mjs` tries everything; `node .ci/try-packed.mjs esm cjs` only these. A set is a file of `.ci/packed` that
// exports `about` and `run(context)`; what `run` returns is printed, and what it throws fails.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages, packAll } from './packing/pack.mjs'
import { readJson } from './packing/workspace.mjs'

const sets = await Promise.all(
  readdirSync(new URL('packed', import.meta.url))
    .filter((file) => file.endsWith('.mjs'))
    .map(async (file) => ({ name: file.replace('.mjs', ''), ...(await import(`./packed/${file}`)) })),
).then((all) => all.filter(({ run }) => run))
const words = process.argv.slice(2)
const unknown = words.filter((word) => !sets.some(({ name }) => name === word))
if (unknown.length > 0) {
  console.error(
    `There is no set ${unknown.join(', ')}.\n${sets.map(({ name, about }) => `${name.padEnd(14)} ${about}`).join('\n')}`,
  )
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'railswitch-packed-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(1))

buildPackages()
mkdirSync(join(folder, 'tarballs'))
const tarballs = (await packAll(join(folder, 'tarballs'))).map((tarball) => ({
  ...tarball,
  dependencies: Object.keys(readJson(tarball.folder, 'package.json').dependencies ?? {}),
}))

const chosen = sets.filter(({ name }) => words.length === 0 || words.includes(name))
const failed = []
const tryNext = async () => {
  const set = chosen.shift()
  if (!set) return
  const started = Date.now()
  const place = join(folder, set.name)
  mkdirSync(place)
  const [result, ok] = await set.run({ folder: place, tarballs }).then(
    (text) => [text, true],
    (error) => [error.stack, false],
  )
  if (!ok) failed.push(set.name)
  console.log(
    `\n${ok ? 'ok    ' : 'FAILED'} ${set.name}: ${set.about} (${Math.round((Date.now() - started) / 1000)} s)`,
  )
  console.log(String(result).trim().replace(/^/gm, '       '))
  await tryNext()
}
await Promise.all([tryNext(), tryNext()])
if (failed.length > 0) {
  console.error(`\n${failed.join(', ')} failed`)
  process.exitCode = 1
}
