import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isLeft, left } from '@railswitch/core/provider'
import fc from 'fast-check'
import { type SecuredFields, securedShapes, verifySecurity } from './notification-security.ts'

interface NotificationVector {
  readonly name: string
  readonly kind: string
  readonly provenance: 'published' | 'derived'
  readonly params: Record<string, string>
  readonly secret: string
  readonly expected_sha256: string
}

const fixtures = new URL('../__fixtures__/', import.meta.url)
const vectors = (JSON.parse(readFileSync(new URL('vectors.json', fixtures), 'utf8')) as NotificationVector[]).filter(
  ({ kind }) => kind === 'notification-sha256',
)
const of = (provenance: NotificationVector['provenance']) =>
  vectors.filter((vector) => vector.provenance === provenance).map((vector) => [vector.name, vector] as const)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const joined = ({ transactionid, type, errorcode, timestamp }: SecuredFields) =>
  transactionid + type + errorcode + timestamp
const genuine = { transactionid: '118656640', type: 'capture', errorcode: '0', timestamp: '1610018172' }
const secured = (fields: SecuredFields, secret = 'goodsecret') => ({
  ...fields,
  security: sha256(joined(fields) + secret),
})
const shapely = (fields: SecuredFields) =>
  Object.entries(securedShapes).every(([name, shape]) => shape.test(fields[name as keyof SecuredFields]))

/** Every way to cut a text into the four fields. */
const cuts = function* (text: string): Generator<SecuredFields> {
  for (let a = 0; a <= text.length; a++)
    for (let b = a; b <= text.length; b++)
      for (let c = b; c <= text.length; c++)
        yield {
          transactionid: text.slice(0, a),
          type: text.slice(a, b),
          errorcode: text.slice(b, c),
          timestamp: text.slice(c),
        }
}

describe('the security of a notification', () => {
  it.each(of('published'))('is verified as payabl published it: %s', (_, { params, secret, expected_sha256 }) => {
    expect(isLeft(verifySecurity({ ...params, security: expected_sha256 }, [secret]))).toBe(false)
  })

  it('is what was captured at the sandbox on 2026-01-27, as far as its digits are known', () => {
    const security = sha256('216093531capture01769501801b185')
    expect(security).toMatch(/^5508c936.*a3790$/)
    const captured = { transactionid: '216093531', type: 'capture', errorcode: '0', timestamp: '1769501801', security }
    expect(isLeft(verifySecurity(captured, ['b185']))).toBe(false)
  })

  it.each(of('derived'))('has not changed (ours): %s', (_, { params, secret, expected_sha256 }) => {
    expect(isLeft(verifySecurity({ ...params, security: expected_sha256 }, [secret]))).toBe(false)
  })

  it.each(readdirSync(new URL('samples', fixtures)).filter((name) => name.startsWith('notification-')))(
    'is verified in %s',
    (name) => {
      const body = readFileSync(new URL(`samples/${name}`, fixtures), 'utf8')
      expect(isLeft(verifySecurity(Object.fromEntries(new URLSearchParams(body)), ['b185']))).toBe(false)
    },
  )

  it('is not the SHA-1 scheme of requests', () => {
    const sha1 = createHash('sha1')
      .update(`${joined(genuine)}goodsecret`)
      .digest('hex')
    expect(verifySecurity({ ...genuine, security: sha1 }, ['goodsecret'])).toEqual(
      left({ kind: 'security', reason: 'malformed', field: 'security' }),
    )
  })

  it('takes any of several secrets, and none that is empty or another', () => {
    const received = secured(genuine)
    expect(isLeft(verifySecurity(received, ['new', 'goodsecret']))).toBe(false)
    expect(isLeft(verifySecurity(received, ['goodsecret', 'new']))).toBe(false)
    const mismatch = left({ kind: 'security', reason: 'mismatch' })
    expect(verifySecurity(received, ['new', 'old'])).toEqual(mismatch)
    expect(verifySecurity(received, [])).toEqual(mismatch)
    expect(verifySecurity(secured(genuine, ''), ['', 'goodsecret'])).toEqual(mismatch)
  })

  it.each([
    ['upper case', (hex: string) => hex.toUpperCase()],
    ['a digit short', (hex: string) => hex.slice(1)],
    ['a digit more', (hex: string) => `${hex}0`],
    ['a line end', (hex: string) => `${hex}\n`],
    ['nothing', () => ''],
  ])('is 64 lower-case hex digits: not %s', (_, change) => {
    const { security } = secured(genuine)
    expect(verifySecurity({ ...genuine, security: change(security) }, ['goodsecret'])).toEqual(
      left({ kind: 'security', reason: 'malformed', field: 'security' }),
    )
  })

  it.each(Object.keys(genuine))('covers %s: a changed one is refused', (name) => {
    const received: Record<string, string> = secured(genuine)
    const changed =
      name === 'type' ? 'refund' : received[name]?.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
    expect(verifySecurity({ ...received, [name]: changed }, ['goodsecret'])).toEqual(
      left({ kind: 'security', reason: 'mismatch' }),
    )
    expect(verifySecurity({ ...received, [name]: undefined }, ['goodsecret'])).toEqual(
      left({ kind: 'security', reason: 'malformed', field: name }),
    )
  })

  it('takes errorcode as it came: 0 and 00 are not the same', () => {
    expect(isLeft(verifySecurity({ ...secured(genuine), errorcode: '00' }, ['goodsecret']))).toBe(true)
    expect(isLeft(verifySecurity({ ...secured(genuine), errorcode: '-0' }, ['goodsecret']))).toBe(true)
  })

  it.each(['0', '2000', '-5003', '-999'])('refuses every other cut of the same text (errorcode %s)', (errorcode) => {
    const fields = { ...genuine, errorcode }
    const { security } = secured(fields)
    const all = [...cuts(joined(fields))]
    const believed = all.filter((cut) => !isLeft(verifySecurity({ ...cut, security }, ['goodsecret'])))
    expect(all.length).toBeGreaterThan(3_000)
    expect(believed).toEqual([fields])
  })

  it('can be cut in one way only, whatever payabl sends', () => {
    const fields = fc.record({
      transactionid: fc.stringMatching(/^[0-9]{1,12}$/),
      type: fc.stringMatching(/^[a-z_]{1,12}$/),
      errorcode: fc.stringMatching(/^-?[0-9]{1,6}$/),
      timestamp: fc.stringMatching(/^[1-9][0-9]{9}$/),
    })
    fc.assert(
      fc.property(fields, (sent) => expect([...cuts(joined(sent))].filter(shapely)).toEqual([sent])),
      { numRuns: 40 },
    )
  })

  it('tells no value in a refusal', () => {
    const received = secured({ ...genuine, timestamp: '161001817' })
    expect(verifySecurity(received, ['goodsecret'])).toEqual(
      left({ kind: 'security', reason: 'malformed', field: 'timestamp' }),
    )
  })
})
