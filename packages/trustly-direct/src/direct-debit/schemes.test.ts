import * as fc from 'fast-check'
import { clearingHouseNames, clearingHouses } from '../client/methods/clearing-houses.ts'
import { mandateReferenceOf, schemeOf, schemes } from './schemes.ts'

/** Source of the forms: protocol/trustly.md, section 3.17 (documented, [D]). */
test.each([
  ['GB', 'BACS', 'GBP'],
  ['SE', 'Bankgiro', 'SEK'],
  ['DE', 'SEPA', 'EUR'],
  ['FI', 'SEPA', 'EUR'],
])('%s collects with %s in %s', (country, name, currency) => {
  expect(schemeOf(country)).toMatchObject({ name, currency })
})

test('every country of Trustly has a scheme, and no other', () => {
  for (const name of clearingHouseNames) expect(schemeOf(clearingHouses[name].country)).not.toBeNull()
  expect(schemeOf('JP')).toBeNull()
})

test.each(schemes)(
  'mandate references of $name have the documented form, and the same identity has the same one',
  (scheme) => {
    const property = fc.property(fc.string(), (identity) => {
      const reference = mandateReferenceOf(scheme, identity)
      expect(reference).toMatch(scheme.mandateReference)
      expect(mandateReferenceOf(scheme, identity)).toBe(reference)
    })
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
  },
)

test.each(schemes)('ten thousand mandates of $name have ten thousand references', (scheme) => {
  const references = new Set(
    Array.from({ length: 10_000 }, (_, index) => mandateReferenceOf(scheme, `mandate-${index}`)),
  )
  expect(references.size).toBe(10_000)
})

test('a notice period has a source with the day on which it was read', () => {
  for (const { advanceNotice } of schemes)
    if (advanceNotice) expect(advanceNotice.source).toMatch(/^https:\/\/\S+ \(read \d{4}-\d{2}-\d{2}\)$/)
})
