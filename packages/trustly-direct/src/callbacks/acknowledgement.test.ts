import { type HandlerAnswer, isLeft } from '@railswitch/core/provider'
import { notification } from '../__fixtures__/orders.ts'
import { type JsonObject, memberAt, parseJson } from '../wire/json-text.ts'
import { acknowledge } from './acknowledgement.ts'
import type { Notification } from './notification.ts'
import { notificationKinds } from './notification-kinds.ts'

const answers: readonly HandlerAnswer[] = [
  'ok',
  ...[true, false].flatMap((yes): HandlerAnswer[] => [
    { recovered: yes },
    { reserved: yes },
    { proceed: yes },
    { proceed: yes, limit: { value: '100.00', currency: 'EUR' } },
  ]),
]
const statusOf = async (received: Notification, answer: HandlerAnswer): Promise<JsonObject | null> => {
  const reply = await acknowledge(received, () => ({ _tag: 'Right', right: 'signed' }))(answer)
  const parsed = parseJson(reply.body)
  if (isLeft(parsed) || reply.status !== 200) return null
  expect(memberAt(parsed.right, 'result', 'uuid')).toBe(received.uuid)
  return memberAt(parsed.right, 'result', 'data') as JsonObject
}

test.each(Object.entries(notificationKinds))(
  '%s is never answered with what Trustly does not take',
  async (method, { statuses }) => {
    for (const more of method === 'kyc' ? [{}, { abort: '1', abortmessage: 'underage' }] : [{}])
      for (const answer of answers) {
        const said = await statusOf(notification(method, more), answer)
        if (said !== null) expect(statuses).toContain(said.status)
      }
  },
)

test.each([
  // The end of a direct credit, whose event asks nothing (section 4.3).
  ['debit', 'ok', { status: 'OK' }],
  ['debit', { reserved: true }, { status: 'OK' }],
  ['debit', { reserved: false }, { status: 'FAILED' }],
  ['debit', { recovered: true }, { status: 'OK' }],
  ['debit', { recovered: false }, { status: 'FAILED' }],
  ['kyc', { proceed: false }, { status: 'FINISH' }],
  ['kyc', { proceed: true }, { status: 'CONTINUE' }],
  ['kyc', { proceed: true, limit: { value: '100.00', currency: 'EUR' } }, { status: 'CONTINUE', limit: '100.00' }],
  ['kyc', { proceed: true, limit: { value: '2500.00', currency: 'HUF' } }, { status: 'CONTINUE', limit: '2500' }],
] as const)('%s: %j is said as %j', async (method, answer, data) => {
  expect(await statusOf(notification(method), answer)).toEqual(data)
})

test.each([
  ['debit', { proceed: true }],
  ['kyc', 'ok'],
  ['kyc', { reserved: true }],
] as const)('%s: %j is no answer to its question, so that Trustly gets none', async (method, answer) => {
  expect(await statusOf(notification(method), answer)).toBeNull()
})

test('an abort is one wherever it stands: in the data, as in the model, or in its attributes (section 4.2)', async () => {
  const abort = { abort: '1', abortmessage: 'underage' }
  for (const more of [abort, { attributes: abort }, { abort: '1', attributes: abort }])
    expect(await statusOf(notification('kyc', more), { proceed: true })).toEqual({ status: 'FINISH' })
})
