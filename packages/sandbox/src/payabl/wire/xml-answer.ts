import type { HttpResponse } from '../../platform/http-server.ts'
import type { ActionContext } from '../methods/action.ts'
import { toLocalTime } from './local-time.ts'
import { statusText } from './status-codes.ts'
import { type XmlElement, type XmlLayout, xmlAnswer } from './xml.ts'

type Moment = Pick<ActionContext, 'assumptions' | 'now'>

/** What a query found, and how its published answer is written. */
export type QueryResult = { readonly elements: readonly XmlElement[]; readonly layout: XmlLayout }

/** An XML answer. `status` is the result of the query, not of any payment. */
export const queryAnswer = (
  status: number,
  { assumptions, now }: Moment,
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
  return xmlAnswer(['response', [process, ...elements]], layout)
}

/** An action's refusal as an answer to a query. */
export const refuseQuery = (status: number, moment: Moment): HttpResponse => queryAnswer(status, moment)
