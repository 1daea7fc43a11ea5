import { systemRuntime } from '@railswitch/core'
import { createTelemetry } from '../../telemetry/telemetry.ts'
import { pipelineUnderTest, type UnderTest } from '../../../../callbacks/src/__fixtures__/pipeline-under-test.ts'
import { createReviews } from '../../reviews/reviews.ts'
import { createSync } from '../sync.ts'
import type { SyncContext } from '../sync-step.ts'

export {
  clockOf,
  day,
  hour,
  intentOf,
  minute,
  storeOf,
  type UnderTest,
} from '../../../../callbacks/src/__fixtures__/pipeline-under-test.ts'
export { type Message, sek, type VendorOptions, vendorOf } from '../../../../callbacks/src/__fixtures__/vendor.ts'

/** One process: pipeline, reviews and sync with a store that another process can share. */
export const syncUnderTest = ({ syncing = {}, ...options }: UnderTest & { readonly syncing?: Partial<SyncContext<void>> } = {}) => {
  const running = pipelineUnderTest(options)
  const { rails, rules, store, pipeline, logger, clock } = running
  const now = () => new Date(clock.at)
  const reviews = createReviews({ rails, rules, store, pipeline, now })
  const sync = createSync<void>({
    rails,
    rules,
    store,
    logger,
    ...systemRuntime,
    now,
    telemetry: createTelemetry(now),
    pipeline,
    crossCheck: true,
    isClosed: () => false,
    repeat: () => null,
    ...syncing,
  })
  return { ...running, reviews, sync }
}
