import {
  compare,
  type Fact,
  groupBy,
  isOwnMethod,
  type Money,
  type PaymentRecord,
  type PaymentRef,
  type RecordedIntent,
  type Report,
  readVendorMoney,
} from '@railswitch/core/provider'

/** How a report was received: as a callback, or in the response to one of our queries. */
export type Channel = 'callback' | 'diagnose' | 'check' | 'listed'

/** A report as this provider reads it, in payabl's terms. Without `proven`, `state` and `money` are not covered by any proof. */
export interface Reading {
  readonly id: string
  /** ISO 8601. For a callback payabl's own time, which `security` covers; for a query our own. */
  readonly at: string
  readonly vendorId: string
  readonly channel: Channel
  /** payabl's type of transaction, such as `capture`. */
  readonly type: string
  readonly errorcode: string
  /** payabl's `payment_state`, or empty. */
  readonly state: string
  readonly money: Money | null
  readonly proven: boolean
  /** The money as reported, even if it cannot be read. */
  readonly sum: string
  /** The content without the time: equal for a repetition. */
  readonly content: string
  readonly members: Report['members']
}

export type Readings = readonly [Reading, ...Reading[]]

/** The types of a deposit's own steps in a diagnosis are not published. They are none of these. */
export const followUps: ReadonlySet<string> = new Set(['refund', 'chb', 'cft', 'retrieval_request'])

/** The method of a report from a query: `diagnose capture`. That of a callback is only payabl's type. */
export const shownMethod = (channel: Exclude<Channel, 'callback'>, type: string): string => `${channel} ${type}`

/**
 * The reports of these intents, in an order that does not depend on when they were received. All ids of an import are read as its first
 * one: they name the same transaction.
 */
export const readingsOf = (
  { reports }: PaymentRecord,
  intents: ReadonlySet<PaymentRef>,
  { intent, vendorIds }: RecordedIntent,
): readonly Reading[] =>
  reports
    .filter((report) => report.intent !== null && intents.has(report.intent) && !isOwnMethod(report.method))
    .map((report) => toReading(report, intent.expect.currency))
    .map((reading) =>
      intent.imported && vendorIds.includes(reading.vendorId)
        ? { ...reading, vendorId: vendorIds[0] ?? reading.vendorId }
        : reading,
    )
    .sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id))

const toReading = ({ id, at, vendorId, method, members, money, proof }: Report, currency: string): Reading => {
  const [type = '', channel = 'callback'] = method.split(' ').reverse() as [string, Channel?]
  const { errorcode = '', payment_state: state = '', amount } = members
  // payabl's page lists no currency in the fields of a notification.
  const read = money ?? readVendorMoney(amount, members.currency ?? currency)
  const sum = read ? `${read.value} ${read.currency}` : (amount ?? '')
  const proven = proof !== 'unproven'
  const content = [type, errorcode, state, sum].join('|')
  return { id, at, vendorId, channel, type, errorcode, state, money: read, sum, proven, content, members }
}

/** 2000 is "pending": neither a success nor an error. */
export const isError = (errorcode: string): boolean => errorcode !== '0' && errorcode !== '2000'

/** The members that all facts from these readings have. Earliest first. */
export const toBase = (intent: PaymentRef, readings: Readings, key: string) =>
  ({
    intent,
    vendorId: readings[0].vendorId,
    at: readings[0].at,
    evidence: [...new Set(readings.map(({ id }) => id))].sort(),
    source: readings.some(({ channel }) => channel === 'callback') ? 'vendor' : 'lookup',
    key: `${readings[0].vendorId}|${key}`,
  }) satisfies Partial<Fact>

/** Groups of readings with the same content for one transaction. */
export const byContent = (readings: readonly Reading[]): readonly Readings[] =>
  groupBy(readings, ({ vendorId, content }) => `${vendorId} ${content}`)

/** The proven readings, or null if there are none. */
export const provenOf = (readings: Readings): Readings | null => {
  const [first, ...others] = readings.filter(({ proven }) => proven)
  return first ? [first, ...others] : null
}

/** Reports of the same money at several times may be about further money: each further one is another case. */
export const timesOf = (readings: Readings): string => {
  const count = new Set(readings.map(({ at }) => at)).size
  return count === 1 ? '' : `|${count}`
}

/** A success or money in a part that neither `security` nor a token of ours covers: manual review. */
export const unsigned = (intent: PaymentRef, readings: Readings): Fact => {
  const [{ type, content, money }] = readings
  // A transaction is captured once, but can be refunded and charged back several times.
  const key = type === 'capture' ? content : `${content}${timesOf(readings)}`
  return {
    ...toBase(intent, readings, key),
    type: 'review',
    reason: 'unsigned_money',
    ...(money && { money }),
  }
}

export const unrecognised = (intent: PaymentRef, readings: Readings): Fact => {
  const [{ type, errorcode, state, content }] = readings
  const method = `${type} ${errorcode === '0' ? state || '0' : errorcode}`
  return { ...toBase(intent, readings, content), type: 'unrecognised', method }
}
