import Table from 'cli-table3'
import { type Bound, type Figure, type Judgement, judge, type Measured } from '../measurement/figure.ts'

/** A measured value with its bounds and its judgement: one row of the table, and one object of the JSON. */
export interface Row {
  readonly id: string
  readonly what: string
  readonly beside: string
  readonly of: string
  readonly value: number
  readonly control: number | null
  readonly hold: Bound
  readonly reach: Bound
  readonly judgement: Judgement
  readonly detail: string
}

export const toRow = ({ id, what, beside, ...figure }: Figure, measured: Measured): Row => {
  const hold = measured.hold ?? figure.hold
  const { of, value, control, detail } = measured
  const reach = measured.reach ?? figure.reach
  return { id, what, beside, of, value, control, hold, reach, judgement: judge(measured, hold), detail }
}

/** One line for each row: its figure first, so that the lines of one figure can be found. */
export const table = (rows: readonly Row[], isSmoke: boolean): string => {
  const none = Object.fromEntries(borders.map((name) => [name, '']))
  const printed = new Table({
    chars: { ...none, middle: '  ' },
    colWidths,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    wordWrap: true,
  })
  printed.push(['', 'what, measured', 'value', 'hold', 'reach', 'noise', 'result'])
  for (const row of rows)
    printed.push([
      row.id,
      `${row.what}${row.of && `: ${row.of}`} (${row.detail})`,
      valueText(row.value),
      boundText(row.hold),
      boundText(row.reach),
      row.control === null ? '' : `${(Math.abs(row.control - 1) * 100).toFixed(1)} %`,
      isSmoke ? 'not judged' : row.judgement,
    ])
  return printed.toString()
}

const borders = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const

/** 80 columns together, with two between them. */
const colWidths = [3, 29, 6, 6, 7, 6, 11]

const valueText = (value: number): string => (Number.isInteger(value) ? `${value}` : value.toPrecision(3))
const boundText = (bound: Bound): string => ('least' in bound ? `≥ ${bound.least}` : `≤ ${bound.most}`)
