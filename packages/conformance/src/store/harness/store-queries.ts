import { type DerivedEvent, type PaymentRecord, pendingEventsFor } from '@railswitch/core/store'
import { leaseMs, type StoreContext } from './store-context.ts'

export interface DueOptions {
  readonly before?: string
  readonly limit?: number
}

/** What is stored, and what it means. */
export const createStoreQueries = ({ store, rules, clock }: StoreContext) => {
  const pendingOf = (record: PaymentRecord): readonly DerivedEvent[] => pendingEventsFor(rules.derive(record), null)
  const leaseDue = (more: DueOptions = {}) => {
    const until = new Date(Date.parse(clock.iso()) + leaseMs).toISOString()
    return store.leaseDue({ before: clock.iso(), until, limit: 10, ...more }, rules)
  }

  return {
    pendingOf,
    leaseDue,
    /** The reference of each due record, with the number of events that wait. */
    due: async (more: DueOptions = {}): Promise<readonly string[]> =>
      (await leaseDue(more)).map(({ record }) => `${nameOf(record)} ${pendingOf(record).length}`),
    record: async (reference: string): Promise<PaymentRecord> => {
      const record = await store.find(reference)
      if (!record) throw new Error(`${reference} is not stored.`)
      return record
    },
    stateOf: async (reference: string): Promise<string | undefined> => {
      const record = await store.find(reference)
      return record ? rules.derive(record).state?.state : undefined
    },
    /** The reference and reason of each open review. */
    reviews: async (): Promise<readonly string[]> => {
      const found: string[] = []
      for await (const record of store.reviews(rules))
        found.push(...rules.derive(record).reviews.map(({ reason }) => `${nameOf(record)} ${reason}`))
      return found
    },
  }
}

const nameOf = ({ intents, unowned }: PaymentRecord): string =>
  intents[0]?.intent.reference ?? `${unowned?.rail} ${unowned?.name} ${unowned?.count}`
