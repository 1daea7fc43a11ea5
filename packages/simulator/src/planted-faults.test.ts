import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface PlantedFault {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly what: string
}

const { plantedFaults } = (await import(new URL('../bin/planted-faults.mjs', import.meta.url).href)) as {
  readonly plantedFaults: readonly PlantedFault[]
}

const root = new URL('../../../', import.meta.url)

test.each(plantedFaults.map((fault) => [fault.name, fault] as const))(
  'the text that "%s" edits stands exactly once in its source',
  (_name, { file, from, to }) => {
    expect(readFileSync(fileURLToPath(new URL(file, root)), 'utf8').split(from)).toHaveLength(2)
    expect(to).not.toBe(from)
  },
)

test('there are at least 45 planted faults, each with a name of its own', () => {
  const names = new Set(plantedFaults.map(({ name }) => name))
  expect(names.size).toBe(plantedFaults.length)
  expect(names.size).toBeGreaterThanOrEqual(45)
})
