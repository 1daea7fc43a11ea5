import type {
  BeginRequest,
  BeginResult,
  ClaimResult,
  IncomingReport,
  PaymentRecord,
  ReportOrigin,
  Store,
} from '@railswitch/core/store'

/** A good store, with one mistake. */
export type StoreFault = (store: Store) => Store

type Callback = Extract<ReportOrigin, { readonly type: 'callback' }>
type Own = Extract<ReportOrigin, { readonly type: 'own' }>
type Conclude = Parameters<Store['conclude']>

/** Other methods. */
export const onStore =
  (change: (store: Store) => Partial<Store>): StoreFault =>
  (store) => ({ ...store, ...change(store) })

/** Another request of `begin`. */
export const onRequest = (change: (request: BeginRequest) => BeginRequest): StoreFault =>
  onStore((store) => ({ begin: (request, rules) => store.begin(change(request), rules) }))

/** Another result of `begin`. */
export const onBegun = (change: (result: BeginResult, request: BeginRequest) => BeginResult): StoreFault =>
  onStore((store) => ({
    begin: async (request, rules) => change(await store.begin(request, rules), request),
  }))

/** Another conclusion, or other learned ids. Null: nothing is stored. */
export const onConclude = (
  change: (conclusion: Conclude[1], learned: Conclude[2]) => readonly [Conclude[1], Conclude[2]] | null,
): StoreFault =>
  onStore((store) => ({
    conclude: async (intent, conclusion, learned, rules) => {
      const changed = change(conclusion, learned)
      return changed ? store.conclude(intent, ...changed, rules) : { taken: [] }
    },
  }))

/** Another report, before it is stored. */
const onArrival = (change: (arrival: IncomingReport) => IncomingReport): StoreFault =>
  onStore((store) => ({ claim: (arrival, leaseMs, rules) => store.claim(change(arrival), leaseMs, rules) }))

/** Another origin of callbacks. */
export const onCallback = (change: (from: Callback, report: IncomingReport['report']) => Partial<Callback>): StoreFault =>
  onArrival(({ report, from }) =>
    from.type === 'callback' ? { report, from: { ...from, ...change(from, report) } } : { report, from },
  )

/** Another origin of some callbacks. `when`: from the record that the token or else the echo names, before the callback is stored. */
export const onNamedCallback = (
  change: Partial<Callback> | ((from: Callback) => Partial<Callback>),
  when: (named: PaymentRecord | null, arrival: CallbackArrival) => boolean,
): StoreFault =>
  onStore((store) => ({
    claim: async ({ report, from }, leaseMs, rules) => {
      if (from.type !== 'callback') return store.claim({ report, from }, leaseMs, rules)
      const named = await store.find(from.token?.reference ?? from.echo ?? '')
      const changed = typeof change === 'function' ? change(from) : change
      const isChanged = when(named, { ...from, report })
      return store.claim({ report, from: isChanged ? { ...from, ...changed } : from }, leaseMs, rules)
    },
  }))

/** A callback as it arrives. */
export type CallbackArrival = Callback & Pick<IncomingReport, 'report'>

/** How the call of the intent ended whose token arrived. Undefined: it has no intent here, or it has not ended. */
export const endOf = (named: PaymentRecord | null, { token }: CallbackArrival): string | undefined =>
  named?.intents.find(({ intent }) => intent.kind === token?.kind && intent.attempt === token.attempt)?.conclusion?.state

export const has = (named: PaymentRecord | null, { report }: CallbackArrival): boolean =>
  named?.reports.some(({ id }) => id === report.id) ?? false

/** Another origin of look-ups and manual reviews of an intent. */
export const onOwn = (change: (from: Own) => ReportOrigin): StoreFault =>
  onArrival(({ report, from }) => ({ report, from: from.type === 'own' ? change(from) : from }))

/** Other members of a report. */
export const onReport = (
  change: (report: IncomingReport['report'], from: ReportOrigin) => Partial<IncomingReport['report']>,
): StoreFault => onArrival(({ report, from }) => ({ report: { ...report, ...change(report, from) }, from }))

/** Another result of `claim`. */
export const onClaimed = (change: (result: ClaimResult, arrival: IncomingReport) => ClaimResult): StoreFault =>
  onStore((store) => ({
    claim: async (arrival, leaseMs, rules) => change(await store.claim(arrival, leaseMs, rules), arrival),
  }))

/** Another result of `find`. */
export const onFound = (
  change: (record: PaymentRecord, reference: string) => PaymentRecord | null,
): StoreFault =>
  onStore((store) => ({
    find: async (reference) => {
      const record = await store.find(reference)
      return record && change(record, reference)
    },
  }))

/** Other arguments of `complete`. */
export const onComplete = (
  change: (completion: Parameters<Store['complete']>[1]) => Partial<Parameters<Store['complete']>[1]>,
): StoreFault =>
  onStore((store) => ({
    complete: (lease, completion, rules) => store.complete(lease, { ...completion, ...change(completion) }, rules),
  }))
