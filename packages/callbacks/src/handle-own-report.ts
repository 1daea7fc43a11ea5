import { type ClaimResult, type ErrorContext, reportError } from '@railswitch/core'
import type { PipelineContext } from './pipeline-context.ts'

/** The result of recording a report. `failed`, `busy`: it is stored, and `sync` runs the handler again. `not_stored`: the store failed. */
export type Recorded = 'handled' | 'failed' | 'busy' | 'not_stored'

/** `onNotStored` receives the error of the store instead of the `onError` hook, because a call returns it. */
export interface ClaimOptions {
  readonly about: Omit<ErrorContext, 'during' | 'message'>
  readonly onNotStored?: ((error: unknown) => void) | undefined
}

/** Claims a record and handles its pending events. `claimIt` returns null if there is no such record. */
export const claimAndHandle = async <Tx>(
  { logger, onError, runEvents }: Pick<PipelineContext<Tx>, 'logger' | 'onError' | 'runEvents'>,
  { about, onNotStored }: ClaimOptions,
  claimIt: () => Promise<ClaimResult | null>,
): Promise<Recorded> => {
  let claim: ClaimResult | null
  try {
    claim = await claimIt()
  } catch (error) {
    const reporting = onNotStored ? { logger } : { logger, onError }
    reportError(reporting, error, { ...about, during: 'store', message: 'report not stored: the store failed' })
    onNotStored?.(error)
    return 'not_stored'
  }
  if (claim === null || claim.state === 'idle') return 'handled'
  if (claim.state !== 'leased') return 'busy'
  try {
    const { isDone } = await runEvents(claim, { reportId: null })
    return isDone ? 'handled' : 'failed'
  } catch (error) {
    const message = 'event not handled: the store failed'
    reportError({ logger, onError }, error, { ...about, during: 'store', message })
    return 'failed'
  }
}
