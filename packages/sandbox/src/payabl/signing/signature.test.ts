import { readFileSync } from 'node:fs'
import { sample } from '../../__fixtures__/payabl/shop.ts'
import { parseForm } from '../wire/form.ts'
import { signNotification, signRequest } from './signature.ts'

type Vector = {
  readonly name: string
  readonly kind: 'request-sha1' | 'notification-sha256'
  readonly params: Record<string, string>
  readonly secret: string
  readonly encoding?: 'latin1'
  readonly wire?: string
  readonly expected_sha1?: string
  readonly expected_sha256?: string
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../__fixtures__/payabl/vectors.json', import.meta.url), 'utf8'),
)
const requests = vectors.filter(({ kind }) => kind === 'request-sha1')
const notifications = vectors.filter(({ kind }) => kind === 'notification-sha256')
const bytesOf = (body: string) => parseForm(Buffer.from(body)).values

test.each(requests.map((vector) => [vector.name, vector] as const))('signs the request: %s', (_, vector) => {
  const { params, secret, expected_sha1, wire } = vector
  const body = wire ?? new URLSearchParams(params).toString()
  expect(signRequest(bytesOf(body), secret)).toBe(expected_sha1)
})

test.each(notifications.map((vector) => [vector.name, vector] as const))(
  'secures the notification: %s',
  (_, vector) => {
    const { transactionid = '', type = '', errorcode = '', timestamp = '' } = vector.params
    expect(signNotification({ transactionid, type, errorcode, timestamp }, vector.secret)).toBe(vector.expected_sha256)
  },
)

test('there are vectors of both kinds', () => {
  expect([requests.length, notifications.length]).toEqual([10, 8])
})

// Copied from the vendor's pages, with the published secret of its shared sandbox accounts.
test.each(['req-cft-existing-card-authentic.txt', 'req-resend-notification-authentic.txt'])(
  'reproduces the signature in the authentic %s',
  (name) => {
    const fields = bytesOf(sample(name))
    expect(signRequest(fields, 'b185')).toBe(fields.get('signature'))
  },
)

// A real body of the vendor's sandbox, 2026-01-27; its hash was published shortened.
test('reproduces the security of a captured notification', () => {
  const captured = { transactionid: '216093531', type: 'capture', errorcode: '0', timestamp: '1769501801' }
  expect(signNotification(captured, 'b185')).toMatch(/^5508c936[0-9a-f]{51}a3790$/)
})

test('sorts by bytes and takes any bytes', () => {
  const upperFirst = new Map([
    ['b', '2'],
    ['B', '1'],
    ['\u00ff', '\u00fc'],
  ])
  expect(signRequest(upperFirst, '')).toBe(signRequest(new Map([['a', '12\u00fc']]), ''))
})
