import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { figures } from './figures.ts'
import { efforts, keptResults } from './measurement/compare.ts'
import { type Row, table, toRow } from './report/table.ts'

interface Options {
  readonly smoke: boolean
  readonly json?: string
  readonly payments: number
}

const ids = figures.map(({ id }) => id)

const figureId = (given: string, before: readonly string[] = []): readonly string[] => {
  const id = given.toUpperCase()
  if (!ids.includes(id)) throw new InvalidArgumentError(`The figures are ${ids.join(', ')}.`)
  return [...before, id]
}

const count = (given: string): number => {
  const payments = Number(given.replaceAll('_', ''))
  if (!Number.isInteger(payments) || payments < 10_000) throw new InvalidArgumentError('Write 10000 or more.')
  return payments
}

const program = new Command('bench')
  .description(
    'Measures the figures to hold, each beside its limit in one interleaved run. Exit code 1: one of them fails.',
  )
  .argument('[figures...]', `which of ${ids.join(', ')}; all without it`, figureId)
  .option('--smoke', 'only shows that each figure can be measured; times mean nothing', false)
  .option('--json <file>', 'also writes the values into a file')
  .option('--payments <count>', 'the payments of the large store of P12', count, 1_000_000)
  .parse()

const { smoke, json, payments } = program.opts<Options>()
const [named = []] = program.processedArgs as [(readonly string[])?]
const chosen = named.length > 0 ? named : ids
const effort = smoke ? efforts.smoke : efforts.full
const isTerminal = process.stderr.isTTY === true
const progress = (text: string): void => {
  if (isTerminal) process.stderr.write(`\r\u001b[2K${text}`)
}

const rows: Row[] = []
const skipped: string[] = []
const wanted = figures.filter(({ id }) => chosen.includes(id))
for (const [index, figure] of wanted.entries()) {
  const lacks = figure.lacks?.() ?? null
  if (lacks !== null) {
    skipped.push(`${figure.id}  not measured: it needs ${lacks}`)
    continue
  }
  const name = `${'█'.repeat(index + 1).padEnd(wanted.length, '░')}  ${figure.id}  ${figure.what}`
  progress(name)
  const measured = await figure.measure({
    effort,
    payments: smoke ? 10_000 : payments,
    progress: (text) => progress(`${name}: ${text}`),
  })
  rows.push(...measured.map((value) => toRow(figure, value)))
}
progress('')

const machine = {
  node: process.version,
  processors: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  system: `${process.platform} ${release()}`,
}
console.log(
  `${machine.processors}, ${machine.memory}, Node ${machine.node}${smoke ? ' (smoke run: the times mean nothing)' : ''}`,
)
console.log(table(rows, smoke))
for (const line of skipped) console.log(line)
if (json) writeFileSync(json, `${JSON.stringify({ machine, rows, results: keptResults() }, null, 2)}\n`)
const failing = rows.filter(({ judgement }) => judgement === 'fails')
process.exitCode = !smoke && failing.length > 0 ? 1 : 0
