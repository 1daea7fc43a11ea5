import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const simulate = (...words: readonly string[]) => {
  const command = fileURLToPath(new URL('../bin/simulate.mjs', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { encoding: 'utf8' })
  return { status, output: stdout, errors: stderr }
}

test('one seed has one trace: two processes write the same bytes', () => {
  const seed = 61 // Its trace contains a refused signature, whose error names a key.
  const [first, second] = [simulate('--seed', `${seed}`, '--trace'), simulate('--seed', `${seed}`, '--trace')]
  expect(first).toMatchObject({ status: 0, errors: '' })
  expect(first.output.length).toBeGreaterThan(1_000)
  expect(second.output).toBe(first.output)
})

test('faults can be listed, and a seed can be limited to some of them', () => {
  expect(simulate('--faults').output).toContain('response-lost')
  expect(simulate('--seed', '3', '--fault', 'response-lost').status).toBe(0)
})

test('a wrong option is a wrong usage', () => {
  expect(simulate('--seeds', 'many').status).toBe(2)
  expect(simulate('--plant', 'nothing of this name').status).toBe(2)
})
