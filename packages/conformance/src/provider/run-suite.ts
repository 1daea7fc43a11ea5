import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'
import type { Behaviour } from './behaviour.ts'
import type { ProviderUnderTest } from './provider-under-test.ts'
import { behaviours, suiteVersion } from './suite.ts'
import { openWorld } from './world/world.ts'

/** Known failures: the reason for each id. A run fails if one of them passes. */
export type Exclusions = Readonly<Record<string, string>>

/** The result of a run, as plain JSON. */
export interface ConformanceResult {
  /** The version of the suite. */
  readonly suite: string
  readonly provider: string
  readonly passed: readonly string[]
  /** `excluded`: the failure is known. */
  readonly failed: readonly { readonly id: string; readonly why: string; readonly excluded?: true }[]
  readonly notApplicable: readonly { readonly id: string; readonly why: string }[]
}

/** The result of one behaviour. */
export type BehaviourResult =
  | { readonly result: 'passed' }
  | { readonly result: 'failed' | 'not applicable'; readonly why: string }

/** Runs one behaviour with a vendor of its own. Never rejects. */
export const runBehaviour = async (
  subject: ProviderUnderTest,
  { applies = [], run }: Behaviour,
  limitMs = 60_000,
): Promise<BehaviourResult> => {
  let close = async (): Promise<void> => {}
  try {
    const world = await openWorld(subject)
    close = world.close
    const why = applies.map((condition) => condition(world)).find((one) => one !== null)
    if (why !== undefined && why !== null) return { result: 'not applicable', why }
    await withLimit(run(world), limitMs)
    return { result: 'passed' }
  } catch (error) {
    return { result: 'failed', why: reasonOf(error) }
  } finally {
    await close()
  }
}

/** A provider whose calls never end must not stop the suite. */
const withLimit = async (running: Promise<void>, limitMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it has not ended within ${limitMs / 1000} seconds`)), limitMs)
  })
  try {
    await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
  }
}

/** One line. Both values of a comparison without a text of its own. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AssertionError && error.generatedMessage && /strict|deep/i.test(error.operator))
    return `it is ${oneLine(error.actual)}, and must ${error.operator.startsWith('not') ? 'not ' : ''}be ${oneLine(error.expected)}`
  // In Jest, an error of a module of Node is no instance of its `Error`.
  if (error instanceof Error || error instanceof AssertionError)
    return error.message.split('\n').slice(0, 6).join(' ') || error.name
  return String(error)
}

const oneLine = (value: unknown): string => inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 4 })

/** Those that no behaviour has. */
export const unknownIds = (ids: readonly string[]): readonly string[] => {
  const known = new Set(behaviours.map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

/** An id with a mistake would run nothing, or excuse nothing, without a word. */
export const refuseUnknown = (ids: readonly string[]): void => {
  const unknown = unknownIds(ids)
  if (unknown.length > 0) throw new Error(`No behaviour has the id ${unknown.join(', ')}.`)
}

/** Runs all behaviours, or those with these ids, one after the other. Rejects if no behaviour has one of the ids. */
export const runConformance = async (
  subject: ProviderUnderTest,
  { exclusions = {}, only }: { readonly exclusions?: Exclusions; readonly only?: readonly string[] } = {},
): Promise<ConformanceResult> => {
  refuseUnknown([...(only ?? []), ...Object.keys(exclusions)])
  const passed: string[] = []
  const failed: { id: string; why: string; excluded?: true }[] = []
  const notApplicable: { id: string; why: string }[] = []
  for (const behaviour of behaviours) {
    const { id } = behaviour
    if (only && !only.includes(id)) continue
    const outcome = judged(id, await runBehaviour(subject, behaviour), exclusions)
    if (outcome.result === 'passed') passed.push(id)
    else if (outcome.result === 'not applicable') notApplicable.push({ id, why: outcome.why })
    else failed.push({ id, why: outcome.why, ...(outcome.excluded && { excluded: true }) })
  }
  return { suite: suiteVersion, provider: subject.name, passed, failed, notApplicable }
}

/** A result, in view of the known failures. */
export const judged = (
  id: string,
  outcome: BehaviourResult,
  exclusions: Exclusions,
): BehaviourResult & { readonly excluded?: true } => {
  const reason = exclusions[id]
  if (reason === undefined) return outcome
  if (outcome.result === 'failed') return { result: 'failed', why: `${outcome.why} (known: ${reason})`, excluded: true }
  return { result: 'failed', why: `${id} is excluded (${reason}), and is ${outcome.result} now: remove the exclusion` }
}
