import { toLocalTime } from '../../platform/local-time.ts'
import type { HttpResponse } from '../../platform/routes.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { statusText } from './status-codes.ts'
import { type XmlElement, type XmlLayout, xmlResponse } from './xml.ts'

interface QueryContext {
  readonly assumptions: PayablAssumptions
  readonly now: () => Date
}

/** The elements of a query's result, and the layout of the published response. */
export interface QueryResult {
  readonly elements: readonly XmlElement[]
  readonly layout: XmlLayout
}

/** An XML response. `status` is the result of the query, not of a payment. */
export const queryResponse = (
  status: number,
  { assumptions, now }: QueryContext,
  { elements, layout }: QueryResult = { elements: [], layout: 'indented' },
): HttpResponse => {
  const process: XmlElement = [
    'process',
    [
      ['error_message', statusText(status)],
      ['process_time', toLocalTime(now(), assumptions.timeZone)],
      ['status', String(status)],
    ],
  ]
  return xmlResponse(['response', [process, ...elements]], layout)
}

/** A refused query's response. */
export const refuseQuery = (status: number, context: QueryContext): HttpResponse => queryResponse(status, context)
