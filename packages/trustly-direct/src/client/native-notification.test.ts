import { isLeft } from '@railswitch/core/provider'
import { samples } from '../__fixtures__/published.ts'
import { verifyNotification } from '../callbacks/notification.ts'
import { type JsonObject, memberAt, parseJson } from '../wire/json-text.ts'
import { toTrustlyNotification } from './native-notification.ts'

const read = (name: string) => {
  const { raw = '' } = samples.find((sample) => sample.name === name) ?? {}
  const parsed = verifyNotification(
    { body: new TextEncoder().encode(raw), contentType: 'application/json' },
    { verify: () => true, trustedKeys: [] },
  )
  if (isLeft(parsed)) throw parsed.left
  return toTrustlyNotification(() => ({ _tag: 'Right', right: 'signed' }))(parsed.right)
}

test.each(
  samples
    .filter(({ name }) => /-notification-(?!response)/.test(name))
    .map(({ name, parsed }) => [name, parsed] as const),
)('%s is given with every member, as published', (name, parsed) => {
  expect(read(name).data).toEqual(memberAt(parsed, 'params', 'data') as JsonObject)
})

test('the reply has the form of the published ones (docs-notification-response-payoutfailed-OK)', async () => {
  const published = samples.find(({ name }) => name === 'docs-notification-response-payoutfailed-OK')?.parsed ?? {}
  const reply = await read('docs-notification-payoutfailed').acknowledge('OK')()
  if (isLeft(reply)) throw reply.left
  const sent = parseJson(reply.right.body)
  const signature = memberAt(published, 'result', 'signature')
  expect(isLeft(sent) ? null : JSON.stringify(sent.right).replace('"signed"', JSON.stringify(signature))).toBe(
    JSON.stringify(published),
  )
})

test('an answer that Trustly does not take is refused, and all that is said is signed', async () => {
  expect(isLeft(await read('docs-notification-credit').acknowledge('FAILED')())).toBe(true)
  expect(isLeft(await read('docs-notification-mdd-directcredit-cancel').acknowledge('FINISH')())).toBe(true)
  expect(read('java-notification-_unknown').statuses).toEqual(['OK'])
  const reply = await read('docs-notification-kyc').acknowledge('CONTINUE', { limit: '100.00', message: 'welcome' })()
  expect(!isLeft(reply) && reply.right.body).toContain('{"status":"CONTINUE","limit":"100.00","message":"welcome"}')
})
