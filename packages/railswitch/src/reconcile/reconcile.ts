import { type Days, railMissing, supportOf } from '@railswitch/core'
import type { BooksInput, RailLedger } from './books/compare-ledger.ts'
import { type ComparedDays, comparedDays } from './compared-days.ts'
import { type RailReconciliation, type ReconcileContext, reconcileRail } from './reconcile-rail.ts'

export interface ReconcileInput extends ComparedDays, BooksInput {
  /** Default: every rail. */
  readonly rail?: string
  /** False: only records what the store does not contain, and compares no books. Default: true. */
  readonly books?: boolean
}

/** What one run of `reconcile` did. It is complete if no rail has `failed`; otherwise repeat the call with the same days. */
export interface ReconcileSummary extends Days {
  readonly rails: readonly RailReconciliation[]
  /** The vendors' books against the store, of each rail whose vendor shows them. */
  readonly ledgers: readonly RailLedger[]
  /** Rails that were not asked. `why`: in most cases, because the vendor repeats its notifications until they arrive. */
  readonly notAsked: readonly { readonly rail: string; readonly why: string }[]
}

/**
 * Asks every vendor that reports something at most once for what it booked in these days, and records what the store does not contain.
 * Nothing is sent to a vendor except queries and requests for notifications, and a repeated call changes nothing.
 */
export const createReconcile = <Tx>(context: ReconcileContext<Tx>) => {
  const { rails, now, telemetry } = context
  return async (input: ReconcileInput = {}): Promise<ReconcileSummary> => {
    const days = comparedDays(input, now())
    if (input.rail !== undefined && !rails.has(input.rail)) throw railMissing(input.rail)
    return telemetry.reconcile(() => reconcileRails(input, days), sumsOf)
  }

  async function reconcileRails(input: ReconcileInput, days: Days): Promise<ReconcileSummary> {
    const { rail: only, books = true } = input
    const compared: RailReconciliation[] = []
    const ledgers: RailLedger[] = []
    const notAsked: { rail: string; why: string }[] = []
    for (const [rail, provider] of rails) {
      const { capabilities, reconciliation, ledger } = provider
      if (only !== undefined && rail !== only) continue
      const support = supportOf(capabilities, 'reconciliation')
      if (reconciliation) compared.push(await reconcileRail(context, { rail, provider, reconciliation }, days))
      // What the lists have recorded is compared as well.
      if (ledger && books) ledgers.push(await compareBooks(context, { rail, provider, ledger }, days, input))
      else if (!reconciliation)
        notAsked.push({ rail, why: support.yes ? 'its provider does not support it' : support.why })
    }
    return { ...days, rails: compared, ledgers, notAsked }
  }
}

/** The comparison loads with its first use. */
const compareBooks: typeof import('./books/compare-ledger.ts').compareLedger = async (...given) =>
  (await import('./books/compare-ledger.ts')).compareLedger(...given)

const sumsOf = ({ rails, ledgers }: ReconcileSummary) => {
  const sum = (pick: (rail: RailReconciliation) => number): number =>
    rails.reduce((total, rail) => total + pick(rail), 0)
  return {
    listed: sum(({ listed }) => listed),
    recorded: sum(({ recorded }) => recorded),
    unowned: sum(({ unowned }) => unowned.length),
    failed: sum(({ failed }) => failed) + ledgers.reduce((total, { failed }) => total + failed.length, 0),
    differences: ledgers.reduce((total, { differenceCount }) => total + differenceCount, 0),
  }
}
