import { type ChaosScript, parseChaos } from '@railswitch/sandbox'
import { UsageError } from '../exit-code.ts'
import { readJson } from '../files.ts'

/** Reads a chaos script. Every mistake is a UsageError that names the rule. */
export const readChaos = async (file: string): Promise<ChaosScript> => {
  const content = await readJson(file, 'the chaos script')
  try {
    return parseChaos(content)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'not a chaos script'}`)
  }
}
