import { readFileSync } from 'node:fs'
import { storeCases } from './store/store-kit.ts'

interface PlantedEdit {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly test: { readonly file: string; readonly name: string }
}

const root = new URL('../../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const editsIn = async (list: string, name: string): Promise<readonly PlantedEdit[]> =>
  ((await import(new URL(`.ci/planted-edits/${list}.mjs`, root).href)) as Record<string, readonly PlantedEdit[]>)[
    name
  ] ?? []

const edits = [
  ...(await editsIn('conditions', 'conditions')),
  ...(await editsIn('engine-rules', 'engineRules')),
  ...(await editsIn('locks-and-keys', 'locksAndKeys')),
  ...(await editsIn('rare-orders', 'rareOrders')),
  ...(await editsIn('second-defences', 'secondDefences')),
]
const titles = storeCases(() => Promise.reject(new Error('not run'))).map(({ id, name }) => `${id} ${name}`)

test('there are planted edits', () => {
  expect(edits.length).toBeGreaterThan(80)
})

test.each(edits)('the planted edit "$name" fits the source, and its case of the store kit exists', (edit) => {
  const { file, from, test: noticing } = edit
  expect(read(file).split(from)).toHaveLength(2)
  const isInKit = /store-(contract|kit)\.test/.test(noticing.file)
  expect(!isInKit || titles.some((title) => noticing.name.endsWith(title))).toBe(true)
})
