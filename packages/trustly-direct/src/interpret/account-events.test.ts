import { deriveRecord, type EmittedEvent, type Report } from '@railswitch/core/provider'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const account = recorded('account', 'account-1')
const rails = new Map([['t', { interpret }]])

const reportOf = (word: string, index: number): Report => {
  const [accountid = '', mandate] = word.split(':')
  const attributes = mandate === undefined ? {} : { directdebitmandate: mandate }
  const said = word === 'x' ? notification('cancel') : notification('account', { accountid, attributes })
  return reported(account, said, { id: `n-${index}`, at: `2026-11-21T12:00:0${index}.000Z` })
}

/** What the application hears, when each report is handled before the next one comes. */
const heard = (words: string): readonly string[] => {
  const reports = words.split(' ').map(reportOf)
  const emitted: EmittedEvent[] = []
  return reports.map((_, index) => {
    const record = { ...recordOf([account], reports.slice(0, index + 1)), emitted: [...emitted] }
    const { pending } = deriveRecord(record, rails)
    for (const { event, evidence } of pending)
      emitted.push({ id: event.id, type: event.type, payment: event.payment, answer: 'ok', evidence })
    return pending
      .map(({ event }) =>
        event.type === 'account.received'
          ? `${event.account} ${event.mandate}`
          : event.type === 'review.needed'
            ? event.reason
            : event.type,
      )
      .join(', ')
  })
}

test.each<readonly [string, string, readonly string[]]>([
  ['its mandate comes', '1:0 1:1', ['1 false', '1 true']],
  ['a second 0', '1:0 1:1 1:0', ['1 false', '1 true', '1 false, ambiguous_mandate']],
  ['and its mandate again', '1:0 1:1 1:0 1:1', ['1 false', '1 true', '1 false, ambiguous_mandate', '1 true']],
  ['it is cancelled', '1:0 1:1 x', ['1 false', '1 true', '1 false']],
  ['it moves', '1:0 1:1 1:0 2:1', ['1 false', '1 true', '1 false, ambiguous_mandate', '1 false, 2 true']],
  ['it moves, and is cancelled there', '1:0 1:1 2:1 x', ['1 false', '1 true', '1 false, 2 true', '1 false, 2 false']],
  [
    'the one that it moved to gets a 0',
    '1:0 1:1 1:0 2:1 2:0',
    ['1 false', '1 true', '1 false, ambiguous_mandate', '1 false, 2 true', '1 false, 2 false, ambiguous_mandate'],
  ],
  ['another one at once', '1:1 2:1', ['1 true', '1 false, 2 false, ambiguous_mandate, ambiguous_mandate']],
  ['the same again', '1:0 1:1 1:1', ['1 false', '1 true', '']],
  ['the customer leaves', 'x', ['account.not_received']],
])('row 16: the application hears that %s (%s)', (_name, words, expected) => expect(heard(words)).toEqual(expected))
