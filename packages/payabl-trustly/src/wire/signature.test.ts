import { readFileSync } from 'node:fs'
import { isLeft } from '@railswitch/core/provider'
import fc from 'fast-check'
import { encodeParameters, toSignedBody, type WireParameter } from './encode-parameters.ts'
import type { ByteText } from './encoding.ts'
import { createSigner } from './signature.ts'

interface RequestVector {
  readonly name: string
  readonly kind: string
  readonly provenance: 'published' | 'derived'
  readonly params: Record<string, string>
  readonly secret: string
  readonly concatenated: string
  readonly encoding?: 'utf8' | 'latin1'
  readonly wire?: string
  readonly expected_sha1: string
}

const fixture = (name: string) => readFileSync(new URL(`../__fixtures__/${name}`, import.meta.url), 'utf8')
const vectors = (JSON.parse(fixture('vectors.json')) as RequestVector[]).filter(({ kind }) => kind === 'request-sha1')
const encodingOf = ({ encoding }: RequestVector) =>
  ({ charset: encoding === 'utf8' ? 'utf-8' : 'iso-8859-1', onUnencodable: 'refuse' }) as const

const signatureOf = (vector: RequestVector): string => {
  const encoded = encodeParameters(Object.entries(vector.params), encodingOf(vector))
  return isLeft(encoded) ? encoded.left.kind : createSigner(vector.secret)(encoded.right)
}

const published = vectors.filter(({ provenance }) => provenance === 'published')
const derived = vectors.filter(({ provenance }) => provenance === 'derived')

describe('the signature of a request', () => {
  it.each(published.map((vector) => [vector.name, vector] as const))('is as payabl published it: %s', (_, vector) => {
    expect(signatureOf(vector)).toBe(vector.expected_sha1)
  })

  it.each(['req-cft-existing-card-authentic.txt', 'req-resend-notification-authentic.txt'])(
    'is as payabl published it: %s',
    (file) => {
      const parameters = [...new URLSearchParams(fixture(`samples/${file}`))] as unknown as WireParameter[]
      expect(createSigner('b185')(parameters)).toBe(parameters.find(([name]) => name === 'signature')?.[1])
    },
  )

  it.each(derived.map((vector) => [vector.name, vector] as const))('has not changed (ours): %s', (_, vector) => {
    expect(signatureOf(vector)).toBe(vector.expected_sha1)
  })

  it.each(derived.flatMap((vector) => (vector.wire ? [[vector.name, vector] as const] : [])))(
    'ends a body that has not changed (ours): %s',
    (_, vector) => {
      const body = toSignedBody(Object.entries(vector.params), encodingOf(vector), createSigner(vector.secret))
      expect(isLeft(body) ? body.left : Buffer.from(body.right).toString('latin1')).toBe(vector.wire)
    },
  )

  it('has vectors of both kinds', () => {
    expect([published.length, derived.length]).toEqual([1, 9])
  })

  it('depends neither on the order nor on empty values nor on a signature among them', () => {
    const sign = createSigner('b185')
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
    const lists = fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([of]) => of, maxLength: 30 })
    fc.assert(
      fc.property(lists, fc.func(fc.integer()), (list, rank) => {
        const parameters = list.filter(([of]) => of !== 'signature') as unknown as WireParameter[]
        const shuffled = parameters.toSorted((one, other) => rank(one[0]) - rank(other[0]))
        const more = [...shuffled, ['zz_zzzzzzzz', '' as ByteText], ['signature', 'x' as ByteText]] as const
        expect(sign(more)).toBe(sign(parameters))
      }),
    )
  })

  it('sorts names by bytes, not by a language', () => {
    const sign = createSigner('s')
    const of = (...pairs: [string, string][]) => sign(pairs as unknown as WireParameter[])
    expect(of(['custom_x', '2'], ['custom1', '1'])).toBe(of(['a', '12']))
    expect(of(['a', '2'], ['B', '1'])).toBe(of(['a', '12']))
  })
})
