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
  const sources = views
    .filter(({ id }) => query.vendor === '' || id === query.vendor)
    .map((view) => createSource(view, listOf(view)))
  const matches = createMatcher(query)
  const whole = sources.reduce((sum, { length }) => sum + length, 0)
  const skipped = (Math.max(1, query.page) - 1) * perPage
  const rows: Array<Found<Row>['rows'][number]> = []
  let total = 0
  for (let source = newest(sources); source?.entry; source = newest(sources)) {
    const { view, entry } = source
    source.advance()
    if (matches && !matches(entry)) continue
    total += 1
    if (total > skipped && rows.length < perPage) rows.push({ view, row: entry.row() })
    // Nobody has to look at the rest if everything matches.
    if (!matches && rows.length === perPage) break
  }
  const count = matches ? total : whole
  return { rows, total: count, page: Math.max(1, query.page), pages: Math.max(1, Math.ceil(count / perPage)) }
}

interface Source<Row> {
  readonly view: OperatorView
  readonly length: number
  /** The newest entry that was not looked at. */
  entry: Entry<Row> | undefined
  readonly advance: () => void
}

const createSource = <Row>(view: OperatorView, list: Entries<Row>): Source<Row> => {
  let index = list.length - 1
  const source: Source<Row> = {
    view,
    length: list.length,
    entry: list.at(index),
    advance: () => {
      index -= 1
      source.entry = list.at(index)
    },
  }
  return source
}

const newest = <Row>(sources: ReadonlyArray<Source<Row>>): Source<Row> | undefined => {
  let found: Source<Row> | undefined
  for (const source of sources) {
    if (source.entry && (!found?.entry || source.entry.at > found.entry.at)) found = source
  }
  return found
}

/** Undefined where everything matches. */
const createMatcher = ({ text, kind, state, failed }: Query) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && kind === '' && state === '' && !failed) return undefined
  return (entry: Entry<unknown>): boolean =>
    (kind === '' || entry.kind === kind) &&
    (state === '' || entry.state === state) &&
    (!failed || entry.failed) &&
    words.every((word) => entry.text.includes(word))
}
