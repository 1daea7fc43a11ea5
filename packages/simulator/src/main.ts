import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type FaultName, faultNames, faults } from './seed/fault-table.ts'
import { drawPlan } from './seed/plan.ts'
import { type Outcome, simulate } from './simulation/simulate.ts'
import { shrink } from './story/shrink.ts'
import { tell } from './story/story.ts'

interface Options {
  readonly seed?: number
  readonly seeds: number
  readonly from: number
  readonly untilFailure?: boolean
  readonly trace?: boolean
  readonly faults?: boolean
  readonly fault?: readonly FaultName[]
  readonly shrink: boolean
}

/** Runs the command line. Resolves with its exit code: 0, 1 if a seed failed, 2 for wrong usage. */
export const main = async (words: readonly string[]): Promise<number> => {
  const program = createProgram()
  try {
    program.parse(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
  const options = program.opts<Options>()
  if (options.faults) {
    for (const name of faultNames) print(`${name.padEnd(28)}${faults[name].what}`)
    return 0
  }
  return options.seed === undefined ? runSeeds(options) : runSeed(options.seed, options)
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)

const createProgram = (): Command =>
  new Command('npm run simulate --')
    .description('Simulates shops, both vendors and everything that can go wrong between them. A seed is one world.')
    .option('--seed <number>', 'run one seed', integer)
    .option('--seeds <count>', 'how many seeds to run', integer, 100)
    .option('--from <number>', 'the first seed, to go on where another run ended', integer, 1)
    .option('--until-failure', 'run seeds until one fails')
    .option('--trace', 'with --seed: print everything that happened')
    .option('--faults', 'list the faults')
    .addOption(new Option('--fault <name...>', 'allow only these faults').choices(faultNames))
    .option('--no-shrink', 'do not look for a smaller world that fails in the same way')
    .exitOverride()

const integer = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.')
  return Number(text)
}

const runSeed = async (seed: number, { trace, fault, shrink: shrinks }: Options): Promise<number> => {
  const plan = drawPlan(seed, fault)
  const outcome = await simulate(plan)
  if (trace) print(outcome.trace.join('\n'))
  const result = outcome.violations.length === 0 ? 'passed' : 'FAILED'
  print(`seed ${seed}: ${result}, trace ${outcome.digest.slice(0, 16)}`)
  if (outcome.violations.length === 0) return 0
  await printFailure(outcome, shrinks)
  return 1
}

const runSeeds = async ({ from, seeds, untilFailure, fault, shrink: shrinks }: Options): Promise<number> => {
  const begun = performance.now()
  const last = untilFailure ? Number.POSITIVE_INFINITY : from + seeds - 1
  for (let seed = from; seed <= last; seed += 1) {
    const outcome = await simulate(drawPlan(seed, fault))
    if (outcome.violations.length === 0) continue
    print(`seed ${seed}: FAILED (npm run simulate -- --seed ${seed})`)
    await printFailure(outcome, shrinks)
    return 1
  }
  const perSecond = ((seeds * 1000) / (performance.now() - begun)).toFixed(1)
  print(`seeds ${from} to ${last} passed, ${perSecond} a second`)
  return 0
}

const printFailure = async (outcome: Outcome, shrinks: boolean): Promise<void> => {
  for (const { rule, what } of outcome.violations) print(`  ${rule}: ${what}`)
  if (shrinks) print(`\nThe smallest world found in which it happens:\n${tell(await shrink(outcome))}`)
}
