import type { Entries, Entry, OperatorView } from './operator-view.ts'

/** What a list shows. Empty texts and undefined select everything. */
export interface Query {
  /** A part of an id, a reference, an amount or a name. */
  readonly text: string
  readonly vendor: string
  readonly kind: string
  readonly state: string
  readonly failed: boolean
  /** Counted from 1. */
  readonly page: number
}

export const everything: Query = { text: '', vendor: '', kind: '', state: '', failed: false, page: 1 }

export interface Found<Row> {
  readonly rows: ReadonlyArray<{ readonly view: OperatorView; readonly row: Row }>
  /** Of all pages. */
  readonly total: number
  readonly page: number
  readonly pages: number
}

export const rowsPerPage = 50

/** One page of the entries that match, of all vendors, newest first. */
export const search = <Row>(
  views: readonly OperatorView[],
  listOf: (view: OperatorView) => Entries<Row>,
  query: Query,
  perPage = rowsPerPage,
): Found<Row> => {
  const page = Math.max(1, query.page)
  const last = page * perPage
  const matches = createMatcher(query)
  const found = views
    .filter(({ id }) => query.vendor === '' || id === query.vendor)
    .map((view) => ({ view, ...newestMatches(listOf(view), matches, last) }))
  const total = found.reduce((sum, { count }) => sum + count, 0)
  const rows = merge(found, last)
    .slice(last - perPage)
    .map(({ view, entry }) => ({ view, row: entry.row() }))
  return { rows, total, page, pages: Math.max(1, Math.ceil(total / perPage)) }
}

type Matcher = (entry: Entry<unknown>) => boolean

interface Matches<Row> {
  readonly count: number
  /** The newest of them, newest first. */
  readonly entries: ReadonlyArray<Entry<Row>>
}

const newestMatches = <Row>(list: Entries<Row>, matches: Matcher | undefined, most: number): Matches<Row> => {
  const entries: Array<Entry<Row>> = []
  let count = 0
  for (let index = list.length - 1; index >= 0; index -= 1) {
    // Nobody has to look at the rest if everything matches.
    if (!matches && entries.length === most) return { count: list.length, entries }
    const entry = list.at(index)
    if (!entry || (matches && !matches(entry))) continue
    count += 1
    if (entries.length < most) entries.push(entry)
  }
  return { count, entries }
}

interface Source<Row> extends Matches<Row> {
  readonly view: OperatorView
}

/** The newest entries of all sources. Those of one source keep their order, even if the clock was set back meanwhile. */
const merge = <Row>(sources: ReadonlyArray<Source<Row>>, most: number) => {
  const merged: Array<{ readonly view: OperatorView; readonly entry: Entry<Row> }> = []
  const taken = sources.map(() => 0)
  while (merged.length < most) {
    let [from, newest]: [number, Entry<Row> | undefined] = [0, undefined]
    for (const [index, { entries }] of sources.entries()) {
      const entry = entries[taken[index] ?? 0]
      if (entry && (!newest || entry.at > newest.at)) [from, newest] = [index, entry]
    }
    const view = sources[from]?.view
    if (!newest || !view) return merged
    merged.push({ view, entry: newest })
    taken[from] = (taken[from] ?? 0) + 1
  }
  return merged
}

/** Undefined where everything matches. */
const createMatcher = ({ text, kind, state, failed }: Query): Matcher | undefined => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && kind === '' && state === '' && !failed) return undefined
  return (entry) =>
    (kind === '' || entry.kind === kind) &&
    (state === '' || entry.state === state) &&
    (!failed || entry.failed) &&
    words.every((word) => entry.text.includes(word))
}
