import { addDecimals, type Decimal, dayMs, isRoundedDown, negated, type VendorLine } from '@railswitch/core'
import { createTotals, type Totals } from './day-totals.ts'
import type { Movement, PaymentLineKind } from './movements.ts'

/** A row of the application's own books. */
export interface BookRow {
  /** The reference of the deposit, refund or payout. */
  readonly reference: string
  readonly kind: PaymentLineKind
  /** Positive, whatever the kind. */
  readonly amount: { readonly value: string; readonly currency: string }
}

/** A line with its place in the books. `id`: the same in every run. */
export interface LedgerEntry extends VendorLine {
  readonly id: string
  readonly day: string
}

/** A row with its place in the books, signed like a line. */
export interface RowEntry {
  readonly id: string
  readonly day: string
  readonly reference: string
  readonly kind: PaymentLineKind
  readonly amount: Decimal
  readonly currency: string
}

/** What was not matched. Two of a kind: they are about the same, and their amounts differ. */
export interface Unmatched {
  readonly line?: LedgerEntry
  readonly movement?: Movement
  readonly row?: RowEntry
}

/** Money in, money that was taken back, money out, and money that came back: what a line says for sure. */
type Direction = 'in' | 'in_back' | 'out' | 'out_back'

const directions: Readonly<Record<PaymentLineKind, Direction>> = {
  payment: 'in',
  reversal: 'in_back',
  refund: 'out',
  payout: 'out',
  refund_return: 'out_back',
  payout_return: 'out_back',
}

export const directionOf = (kind: VendorLine['kind']): Direction | null =>
  kind !== null && kind in directions ? directions[kind as PaymentLineKind] : null

export const dayOf = (at: string | number): string => new Date(at).toISOString().slice(0, 10)
export const dayAfter = (day: string, days = 1): string => dayOf(Date.parse(day) + days * dayMs)

interface MovementState {
  readonly movement: Movement
  line: LedgerEntry | null
  row: RowEntry | null
  isDropped: boolean
}

/** How many days after a payment its line may come, and the other way round. */
export const windowDays = 7

interface Options {
  /** Whether the vendor's lines are also found by our own id that they name. */
  readonly byReference: boolean
  readonly hasRows: boolean
  /** A line and a payment found each other. */
  readonly matched: (line: LedgerEntry, movement: Movement) => void
}

/**
 * Matches lines, movements and rows one to one, whatever their order within the window. Only what is not matched, and the payments of the
 * window, are in memory.
 */
export const createMatching = ({ byReference, hasRows, matched }: Options) => {
  const lines = createPool<LedgerEntry>()
  const movements = createPool<MovementState>()
  const rows = createPool<RowEntry>()
  const forRows = createPool<MovementState>()
  const pairs = new Map<string, MovementState[]>()
  const byDay = {
    lines: new Map<string, LedgerEntry[]>(),
    movements: new Map<string, MovementState[]>(),
    rows: new Map<string, RowEntry[]>(),
  }
  const totals = new Map<string, Totals>()
  const totalsOf = (day: string): Totals => {
    const known = totals.get(day) ?? createTotals()
    totals.set(day, known)
    return known
  }

  const lineKeys = (line: LedgerEntry): readonly string[] =>
    identities(line).map((identity) => [identity, directionOf(line.kind), line.currency].join(' '))
  const identities = ({ vendorId, merchantReference }: LedgerEntry): readonly string[] => [
    ...(vendorId === null ? [] : [`id ${vendorId}`]),
    ...(byReference && merchantReference !== null ? [`reference ${merchantReference}`] : []),
  ]
  const movementKeys = ({ vendorIds, echoes, kind, currency }: Movement): readonly string[] =>
    [...vendorIds.map((id) => `id ${id}`), ...(byReference ? echoes.map((echo) => `reference ${echo}`) : [])].map(
      (identity) => [identity, directions[kind], currency].join(' '),
    )
  const rowKey = ({ reference, kind, currency }: Pick<RowEntry, 'reference' | 'kind' | 'currency'>): string =>
    [reference, directions[kind], currency].join(' ')

  const connect = (line: LedgerEntry, state: MovementState): void => {
    const { movement } = state
    state.line = line
    lines.remove(lineKeys(line), line)
    movements.remove(movementKeys(movement), state)
    const day = totalsOf(line.day)
    day.add('store', movement.kind, movement.amount, movement.currency)
    day.addRounding(addDecimals(line.amount, negated(movement.amount)), movement.currency)
    if (state.row) addRow(state.row, line.day)
    matched(line, movement)
  }
  const addRow = ({ kind, amount, currency }: RowEntry, day: string): void =>
    totalsOf(day).add('application', kind, amount, currency)
  const connectRow = (row: RowEntry, state: MovementState): void => {
    state.row = row
    rows.remove([rowKey(row)], row)
    forRows.remove([rowKey({ ...state.movement })], state)
    if (state.line) addRow(row, state.line.day)
  }

  return {
    addLine: (line: LedgerEntry, isForeign: boolean): void => {
      const kind = isForeign ? 'foreign' : (line.kind ?? 'unknown')
      totalsOf(line.day).add('vendor', kind, line.amount, line.currency)
      if (isForeign || directionOf(line.kind) === null) return
      const state = movements.find(lineKeys(line), (one) => isSameAmount(line, one.movement))
      if (state) {
        connect(line, state)
        return
      }
      lines.add(lineKeys(line), line)
      pushTo(byDay.lines, line.day, line)
    },
    addMovement: (movement: Movement, day: string): void => {
      const state: MovementState = { movement, line: null, row: null, isDropped: false }
      if (movement.pair !== undefined) pushTo(pairs, movement.pair, state)
      pushTo(byDay.movements, day, state)
      const line = lines.find(movementKeys(movement), (one) => isSameAmount(one, movement))
      movements.add(movementKeys(movement), state)
      if (line) connect(line, state)
      if (!hasRows) return
      const row = rows.find([rowKey(movement)], ({ amount }) => amount === movement.amount)
      forRows.add([rowKey(movement)], state)
      if (row) connectRow(row, state)
    },
    addRow: (row: RowEntry): void => {
      pushTo(byDay.rows, row.day, row)
      const state = forRows.find([rowKey(row)], ({ movement }) => movement.amount === row.amount)
      rows.add([rowKey(row)], row)
      if (state) connectRow(row, state)
    },
    /** What of this day is not matched. Nothing can match it from now on. */
    close: (day: string): readonly Unmatched[] => {
      const found: Unmatched[] = []
      for (const state of take(byDay.movements, day)) found.push(...closeMovement(state, day))
      for (const line of take(byDay.lines, day)) {
        if (!lines.has(lineKeys(line), line)) continue
        const state = movements.find(lineKeys(line), ({ movement }) => movement.pair === undefined)
        lines.remove(lineKeys(line), line)
        if (state) found.push(...differing(line, state))
        else found.push({ line })
      }
      for (const row of take(byDay.rows, day)) {
        if (!rows.has([rowKey(row)], row)) continue
        const state = forRows.find([rowKey(row)], () => true)
        rows.remove([rowKey(row)], row)
        addRow(row, day)
        if (state) {
          forRows.remove([rowKey(state.movement)], state)
          state.row = row
          found.push({ row, movement: state.movement })
        } else found.push({ row })
      }
      return found
    },
    /** The sums of a day that is closed, with all days before it. */
    takeTotals: (day: string): Totals => {
      const sums = totalsOf(day)
      totals.delete(day)
      return sums
    },
  }

  function closeMovement(state: MovementState, day: string): readonly Unmatched[] {
    const { movement } = state
    const found: Unmatched[] = []
    const wasMatched = state.line !== null
    if (!wasMatched) {
      const line = lines.find(movementKeys(movement), () => true)
      movements.remove(movementKeys(movement), state)
      if (line && movement.pair === undefined) {
        lines.remove(lineKeys(line), line)
        found.push(...differing(line, state))
      } else if (movement.pair === undefined) {
        totalsOf(day).add('store', movement.kind, movement.amount, movement.currency)
        if (state.row) addRow(state.row, day)
        found.push({ movement })
      }
    }
    if (movement.pair !== undefined) found.push(...closePair(movement.pair, state, day))
    if (hasRows && state.row === null && (movement.pair === undefined || state.line !== null)) {
      forRows.remove([rowKey(movement)], state)
      const row = rows.find([rowKey(movement)], () => true)
      if (row) {
        rows.remove([rowKey(row)], row)
        state.row = row
        addRow(row, state.line?.day ?? day)
        found.push({ row, movement })
      } else found.push({ movement, row: noRow })
    } else if (hasRows) forRows.remove([rowKey(movement)], state)
    return found
  }

  function differing(line: LedgerEntry, state: MovementState): readonly Unmatched[] {
    const { movement } = state
    state.line = line
    movements.remove(movementKeys(movement), state)
    totalsOf(line.day).add('store', movement.kind, movement.amount, movement.currency)
    if (state.row) addRow(state.row, line.day)
    return [{ line, movement }]
  }

  /** Of money that failed, the vendor has both lines or none. */
  function closePair(name: string, state: MovementState, day: string): readonly Unmatched[] {
    state.isDropped = state.line === null
    const both = pairs.get(name) ?? []
    if (both.length < 2 || both.some((one) => one.line === null && !one.isDropped)) return []
    pairs.delete(name)
    const missing = both.filter((one) => one.line === null)
    if (missing.length !== 1) return []
    return missing.map(({ movement }) => {
      totalsOf(day).add('store', movement.kind, movement.amount, movement.currency)
      return { movement }
    })
  }
}

/** Stands for the row that the application lacks. */
export const noRow: RowEntry = { id: '', day: '', reference: '', kind: 'payment', amount: '0' as Decimal, currency: '' }

const isSameAmount = (line: LedgerEntry, { amount, currency }: Movement): boolean =>
  isRoundedDown(amount, line.amount, currency)

interface Pool<A> {
  readonly add: (keys: readonly string[], entry: A) => void
  readonly remove: (keys: readonly string[], entry: A) => void
  readonly has: (keys: readonly string[], entry: A) => boolean
  readonly find: (keys: readonly string[], fits: (entry: A) => boolean) => A | undefined
}

const createPool = <A>(): Pool<A> => {
  const entries = new Map<string, Set<A>>()
  return {
    add: (keys, entry) => {
      for (const key of keys) entries.set(key, (entries.get(key) ?? new Set<A>()).add(entry))
    },
    remove: (keys, entry) => {
      for (const key of keys) {
        const found = entries.get(key)
        found?.delete(entry)
        if (found?.size === 0) entries.delete(key)
      }
    },
    has: (keys, entry) => keys.some((key) => entries.get(key)?.has(entry)),
    find: (keys, fits) => {
      for (const key of keys) for (const entry of entries.get(key) ?? []) if (fits(entry)) return entry
      return undefined
    },
  }
}

const pushTo = <A>(lists: Map<string, A[]>, key: string, entry: A): void => {
  const list = lists.get(key)
  if (list) list.push(entry)
  else lists.set(key, [entry])
}

const take = <A>(lists: Map<string, A[]>, key: string): readonly A[] => {
  const list = lists.get(key) ?? []
  lists.delete(key)
  return list
}
