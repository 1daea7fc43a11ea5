import type { Difference } from 'railswitch'

const columns = [
  'day',
  'rail',
  'kind',
  'about',
  'amount',
  'currency',
  'reference',
  'payment',
  'vendorId',
  'remedy',
  'detail',
  'id',
] as const satisfies readonly (keyof Difference)[]

/** Lines of CSV (RFC 4180), without a header unless only that is wanted. */
export const differencesAsCsv = (differences: readonly Difference[] | 'header'): string =>
  (differences === 'header' ? [columns] : differences.map((one) => columns.map((column) => one[column] ?? '')))
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('')

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
