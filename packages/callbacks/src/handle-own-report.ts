import { type ClaimResult, errorName } from '@railswitch/core'
import type { PipelineContext } from './pipeline-context.ts'

/** The result of recording a report. `failed`, `busy`: it is stored, and `sync` runs the handler again. `not_stored`: the store failed. */
export type Recorded = 'handled' | 'failed' | 'busy' | 'not_stored'

/** Claims a record and handles its pending events. `claimIt` returns null if there is no such record. */
export const claimAndHandle = async <Tx>(
  { logger, runEvents }: Pick<PipelineContext<Tx>, 'logger' | 'runEvents'>,
  about: object,
  claimIt: () => Promise<ClaimResult | null>,
): Promise<Recorded> => {
  let claim: ClaimResult | null
  try {
    claim = await claimIt()
  } catch (error) {
    logger.error({ ...about, error: errorName(error) }, 'report not stored: the store failed')
    return 'not_stored'
  }
  if (claim === null || claim.state === 'idle') return 'handled'
  if (claim.state !== 'leased') return 'busy'
  try {
    const { isDone } = await runEvents(claim, { reportId: null })
    return isDone ? 'handled' : 'failed'
  } catch (error) {
    logger.error({ ...about, error: errorName(error) }, 'event not handled: the store failed')
    return 'failed'
  }
}
