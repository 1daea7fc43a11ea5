import type { HttpAnswer } from '../http-server.ts'
import type { ActionContext } from './action.ts'
import { toLocalTime } from './local-time.ts'
import { statusText } from './status-codes.ts'
import { type XmlElement, xmlAnswer } from './xml.ts'

type Moment = Pick<ActionContext, 'assumptions' | 'now'>

/** An XML answer. `status` is the result of the query, not of any payment. */
export const queryAnswer = (
  status: number,
  { assumptions, now }: Moment,
  found: readonly XmlElement[] = [],
): HttpAnswer =>
  xmlAnswer([
    'response',
    [
      [
        'process',
        [
          ['error_message', statusText(status)],
          ['process_time', toLocalTime(now(), assumptions.timeZone)],
          ['status', String(status)],
        ],
      ],
      ...found,
    ],
  ])
