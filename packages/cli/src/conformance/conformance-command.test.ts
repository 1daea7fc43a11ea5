import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suiteVersion } from '@railswitch/conformance'
import { runHere } from '../__fixtures__/run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-'))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** A provider that shows one of two behaviours: it has a definition without variables, and it accepts every option. */
const module = file(
  'mine.mjs',
  `const no = { yes: false, why: 'nothing is supported' }
const provider = {
  id: 'mine', capabilities: { deposit: no, refund: no, 'refund.partial': no }, transactions: 'one', replays: false, questions: {}, operations: {},
  interpret: () => [], verifyCallback: () => ({ _tag: 'Left', left: {} }),
}
export const providerUnderTest = {
  name: 'mine',
  open: async () => ({
    definition: { use: 'mine', variables: {}, create: () => ({ _tag: 'Right', right: provider }) },
    options: {}, samples: { mistakes: [], required: [], secrets: [] }, vendor: {}, transport: () => async () => {},
    close: async () => {},
  }),
}`,
)

const run = (...words: readonly string[]) => runHere(['conformance', ...words])

test('prints a report, writes the result, and exits with 1 if a behaviour failed', async () => {
  const json = join(folder, 'result.json')
  const { code, out } = await run('--provider', module, '--only', 'CFG-006', 'CFG-012', '--json', json)
  expect(code).toBe(1)
  expect(out).toContain('FAILED')
  expect(out).toContain('1 passed, 1 failed, 0 not applicable')
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual({
    suite: suiteVersion,
    provider: 'mine',
    passed: ['CFG-012'],
    failed: [{ id: 'CFG-006', why: expect.any(String) }],
    notApplicable: [],
  })
})

test('a known failure is no failure, and a known failure that passes is one', async () => {
  const known = file('known.json', '{ "CFG-006": "options are not checked yet" }')
  expect(await run('--provider', module, '--only', 'CFG-006', '--exclusions', known)).toMatchObject({ code: 0 })
  const stale = file('stale.json', '{ "CFG-012": "no variables yet" }')
  const { code, out } = await run('--provider', module, '--only', 'CFG-012', '--exclusions', stale)
  expect(code).toBe(1)
  expect(out).toContain('remove the exclusion')
})

test.each([
  ['a module that is not there', ['--provider', join(folder, 'none.mjs')]],
  ['a module without a provider', ['--provider', file('empty.mjs', 'export const x = 1')]],
  ['exclusions of another shape', ['--provider', module, '--exclusions', file('odd.json', '[1]')]],
  ['no module', []],
  ['an id that no behaviour has', ['--provider', module, '--only', 'CFG-006', 'REF']],
])('%s is wrong usage', async (_name, words) => {
  expect(await run(...words)).toMatchObject({ code: 2, out: '' })
})
