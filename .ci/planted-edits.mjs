// Breaks the code on purpose, one edit at a time, in a copy of the packages, and runs the one test that must notice. Covers
// what mutation testing cannot reach: locks, constraints and conditions in SQL, and the rules that hold the money.
// `npm run mutate:planted`, or with words of the edits to run: `npm run mutate:planted -- prune lease`.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { conditions } from './planted-edits/conditions.mjs'
import { engineRules } from './planted-edits/engine-rules.mjs'
import { locksAndKeys } from './planted-edits/locks-and-keys.mjs'
import { rareOrders } from './planted-edits/rare-orders.mjs'
import { secondDefences } from './planted-edits/second-defences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const words = process.argv.slice(2)
const edits = [...locksAndKeys, ...conditions, ...engineRules, ...rareOrders, ...secondDefences].filter(
  ({ name, file }) => words.length === 0 || words.some((word) => `${name} ${file}`.includes(word)),
)
const folder = mkdtempSync(join(tmpdir(), 'railswitch-planted-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(1))

// Links between the packages are relative: in the copy they lead to the copy.
for (const name of ['.ci', 'packages', 'jest.config.ts', 'package.json', 'tsconfig.base.json', 'docs'])
  cpSync(join(root, name), join(folder, name), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== 'dist',
  })
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

const faults = []
for (const file of new Set(edits.map(({ test }) => test.file))) {
  const tests = edits.flatMap(({ test }) => (test.file === file ? test : []))
  const { passed, failed } = run(tests)
  for (const { name } of tests)
    if (failed.includes(name) || !passed.includes(name)) faults.push(`${file}: "${name}" does not pass unedited`)
}
for (const edit of faults.length === 0 ? edits : []) {
  const { name, file, from, to, test } = edit
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2) {
    faults.push(`${name}: the text to edit is not in ${file} exactly once`)
    continue
  }
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  const { failed } = run([test])
  writeFileSync(path, text)
  const isCaught = failed.includes(test.name)
  console.log(`${isCaught ? 'caught  ' : 'SURVIVED'} ${name}`)
  if (!isCaught) faults.push(`${name}: survived "${test.name}"`)
}

console.log(faults.length === 0 ? `${edits.length} planted edits, all caught` : faults.join('\n'))
process.exitCode = faults.length === 0 ? 0 : 1

/** The full names of the tests that passed and failed. One that could not be run is in neither. */
function run(tests) {
  const [{ file }] = tests
  const [, project] = file.split('/')
  const output = join(folder, 'result.json')
  rmSync(output, { force: true })
  const pattern = `^(${tests.map(({ name }) => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|')})$`
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
  const asked = ['-w', '1', '--selectProjects', project, '--silent', '--testTimeout', '20000', '-t', pattern]
  const { stderr } = spawnSync(process.execPath, [...flags, ...asked, '--json', '--outputFile', output, '--', file], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (!existsSync(output)) throw new Error(`jest gave no result: ${stderr}`)
  const results = JSON.parse(readFileSync(output, 'utf8')).testResults.flatMap(
    ({ assertionResults }) => assertionResults,
  )
  const named = (status) => results.filter((result) => result.status === status).map(({ fullName }) => fullName)
  return { passed: named('passed'), failed: named('failed') }
}
