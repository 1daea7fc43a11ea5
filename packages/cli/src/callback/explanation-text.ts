import { plain } from '../output/plain.ts'
import { reflow } from '../output/reflow.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import { moneyText, timeText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import type { CallbackEffect } from './callback-effect.ts'
import type { Explanation, TokenFinding } from './explanation.ts'

/** The explanation for people: what it is, what it contains, and what it would change. */
export const explanationText = (explanation: Explanation, terminal: Terminal): string => {
  const { notKnown, members, signature } = explanation
  const paint = painter(terminal)
  const rows = members.map(({ name, value, signed }) => [
    name,
    value === null ? paint('faint', '(masked)') : plain(value),
    signed ? 'yes' : 'no',
  ])
  return [
    table(summaryOf(explanation, terminal), terminal),
    signature.mistakes.map((mistake) => `\n${paint('warning', reflow(plain(mistake), terminal.columns))}\n`).join(''),
    rows.length === 0 ? '' : `\n${table(rows, terminal, ['member', 'value', 'signed'])}`,
    paymentText(explanation, terminal),
    ...notKnown.map((text) => `\n${reflow(text, terminal.columns)}\n`),
  ].join('')
}

const summaryOf = (explanation: Explanation, terminal: Terminal): readonly (readonly string[])[] => {
  const { rail, provider, method, meaning, receivedAt, signature, vendorId, reference, money, token } = explanation
  const paint = painter(terminal)
  const { verified, key, reason } = signature
  const rows: readonly (readonly [string, string | null])[] = [
    ['callback', `${provider}${method === null ? '' : ` ${plain(method)}`}`],
    ['rail', rail],
    ['received', receivedAt === null ? null : timeText(receivedAt)],
    ['meaning', meaning ?? 'a kind that this version does not know'],
    [
      'signature',
      verified
        ? paint('good', `verifies${key === null ? '' : ` with ${key}`}`)
        : paint('bad', plain(reason ?? 'does not verify')),
    ],
    ['vendor id', vendorId === null ? null : plain(vendorId)],
    ['reference', reference === null ? null : plain(reference)],
    ['money', money && moneyText(money)],
    ['token', tokenText(token)],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
}

const tokenText = (token: TokenFinding): string => {
  switch (token.state) {
    case 'genuine':
      return `genuine: ${token.kind} ${token.reference}, attempt ${token.attempt}`
    case 'not_ours':
      return 'not signed with a configured secret'
    case 'none':
      return 'none'
    case 'not_known':
      return 'not known'
    default:
      return token satisfies never
  }
}

const paymentText = ({ payment, effect }: Explanation, terminal: Terminal): string => {
  if (!payment) return ''
  const { applied, reference, because } = payment
  const name =
    reference === null ? 'none: it is stored for a review' : applied ? reference : `${reference}, but it is not applied`
  const rows = [['payment', name], ['because', because], ...(effect ? effectRows(effect) : [])]
  return `\n${table(rows, terminal)}`
}

const effectRows = ({
  recorded,
  before,
  after,
  events,
  handled,
  reviews,
  response,
}: CallbackEffect): readonly string[][] => [
  ...(recorded ? [['recorded', 'already: the same report is stored']] : []),
  ['state', before === null ? 'not known: a rail of the payment is not configured' : stateChange(before, after)],
  ['events', [...events, ...handled.map((type) => `${type} (handled already)`)].join(', ') || 'none'],
  ...(reviews.length > 0 ? [['reviews', reviews.join(', ')]] : []),
  ['response', response],
]

const stateChange = (before: string, after: string | null): string =>
  after === null || after === before ? `stays ${before}` : `${before}, then ${after}`
