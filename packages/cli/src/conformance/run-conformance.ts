import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type Exclusions,
  isAcceptable,
  type ProviderUnderTest,
  reportOf,
  runConformance,
  unknownIds,
} from '@railswitch/conformance'
import * as z from 'zod'
import { NegativeResult, UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import type { Terminal } from '../terminal.ts'

interface ConformanceOptions {
  readonly provider: string
  readonly exclusions?: string
  /** `true`: the result is printed. */
  readonly json?: string | true
  readonly only?: readonly string[]
}

export const runConformanceCommand = async (
  { provider, exclusions, json, only }: ConformanceOptions,
  terminal: Terminal,
): Promise<void> => {
  const subject = await importProvider(provider)
  const known = exclusions === undefined ? {} : await readExclusions(exclusions)
  const unknown = unknownIds([...(only ?? []), ...Object.keys(known)])
  if (unknown.length > 0)
    throw new UsageError(`No behaviour has the id ${unknown.join(', ')}. docs/conformance.md lists the ids`)
  const result = await runConformance(subject, { exclusions: known, ...(only && { only }) })
  if (typeof json === 'string') await writeFile(json, `${JSON.stringify(result, null, 2)}\n`)
  terminal.out(json === true ? `${JSON.stringify(result)}\n` : reportOf(result))
  if (isAcceptable(result)) return
  if (json === true) throw new NegativeResult()
  throw new Error('the provider does not conform')
}

const importProvider = async (module: string): Promise<ProviderUnderTest> => {
  const imported: { readonly default?: unknown; readonly providerUnderTest?: unknown } = await import(
    pathToFileURL(resolve(module)).href
  ).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${module} cannot be imported (${error.code ?? error.name})`)
  })
  const subject = imported.default ?? imported.providerUnderTest
  if (isProviderUnderTest(subject)) return subject
  throw new UsageError(`${module} must export a ProviderUnderTest as its default or as providerUnderTest`)
}

const isProviderUnderTest = (value: unknown): value is ProviderUnderTest => {
  const { name, open } = Object(value) as Partial<ProviderUnderTest>
  return typeof name === 'string' && typeof open === 'function'
}

const readExclusions = async (file: string): Promise<Exclusions> => {
  const parsed = z.record(z.string(), z.string()).safeParse(await readJson(file, 'The exclusions file'))
  if (!parsed.success) throw new UsageError(`${file} must contain an object with a reason for each id`)
  return parsed.data
}
