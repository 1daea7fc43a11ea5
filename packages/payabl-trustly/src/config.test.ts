import { inspect } from 'node:util'
import { invalid, isLeft } from '@railswitch/core/provider'
import * as fc from 'fast-check'
import { type PayablTrustlyOptions, readConfig } from './config.ts'

const options: PayablTrustlyOptions = { environment: 'test', merchantId: 'gateway_test', secret: 'b185' }
const read = (more: object = {}) => readConfig({ ...options, ...more })
const fieldsOf = (more: object) => {
  const config = read(more)
  return isLeft(config) ? config.left.map(({ field }) => field) : []
}

test('the sandbox needs nothing but the account', () => {
  expect(read()).toMatchObject({
    right: {
      url: 'https://sandbox.payabl.com/pay/backoffice',
      merchantId: 'gateway_test',
      secrets: ['b185'],
      encoding: { charset: 'iso-8859-1', onUnencodable: 'transliterate' },
      timeoutMs: 60_000,
    },
  })
})

test('everything can be set, and several secrets stand in their order', () => {
  expect(
    read({
      environment: 'live',
      url: 'https://pay.example/apm_gw/',
      secret: ['new', 'old'],
      charset: 'utf-8',
      onUnencodable: 'refuse',
      timeoutMs: 1_000,
    }),
  ).toMatchObject({
    right: {
      url: 'https://pay.example/apm_gw',
      secrets: ['new', 'old'],
      encoding: { charset: 'utf-8', onUnencodable: 'refuse' },
      timeoutMs: 1_000,
    },
  })
})

test.each<[string, object, string]>([
  ['an environment of another name', { environment: 'production', url: 'https://a.example' }, 'environment'],
  ['no merchant id', { merchantId: undefined }, 'merchantId'],
  ['an empty merchant id', { merchantId: '' }, 'merchantId'],
  ['41 characters of merchant id', { merchantId: 'x'.repeat(41) }, 'merchantId'],
  ['a pasted line break', { merchantId: 'gateway_test\n' }, 'merchantId'],
  ['no secret', { secret: undefined }, 'secret'],
  ['an empty secret', { secret: '' }, 'secret'],
  ['a secret with a line break', { secret: 'b185\n' }, 'secret'],
  ['a secret beyond ASCII', { secret: 'bé185' }, 'secret'],
  ['no secret in a list', { secret: [] }, 'secret'],
  ['no address', { url: 'sandbox.payabl.com' }, 'url'],
  ['an address of another scheme', { url: 'ftp://sandbox.payabl.com' }, 'url'],
  ['an address with a query', { url: 'https://a.example/?b=c' }, 'url'],
  ['an address in the clear', { url: 'http://sandbox.payabl.com/pay/backoffice' }, 'url'],
  ['live without an address', { environment: 'live' }, 'url'],
  ['local without an address', { environment: 'local' }, 'url'],
  ['another charset', { charset: 'utf8' }, 'charset'],
  ['another policy', { onUnencodable: 'ignore' }, 'onUnencodable'],
  ['no time', { timeoutMs: 0 }, 'timeoutMs'],
  ['half a millisecond', { timeoutMs: 1.5 }, 'timeoutMs'],
])('names its mistake: %s', (_, more, field) => {
  expect(fieldsOf(more).join()).toContain(field)
})

test('names every mistake at once, and an option of another name', () => {
  const fields = fieldsOf({ environment: 'live', merchantId: '', secret: '', timeout: 5 })
  expect(fields).toEqual(expect.arrayContaining(['merchantId', 'secret', 'url']))
  expect(JSON.stringify(read({ timeout: 5 }))).toContain('timeout')
})

test('says why live has no address of its own', () => {
  const config = read({ environment: 'live' })
  expect(isLeft(config) && config.left[0]?.fix).toContain('payabl sends the live address')
})

test('a sandbox on this machine may use http', () => {
  expect(isLeft(read({ environment: 'local', url: 'http://127.0.0.1:4010/pay/backoffice' }))).toBe(false)
})

test('a mistake never shows the secret', () => {
  for (const secret of ['marked-secret\n', ['marked-secret ', 'b185']])
    expect(inspect(read({ secret, timeoutMs: -1 }), { depth: 9 })).not.toContain('marked')
})

test('row 19: an environment that is none is not repeated, with an address or without', () => {
  for (const url of [undefined, 'http://a.example', 'https://a.example']) {
    const config = read({ environment: 'marked-password', url })
    expect(isLeft(config) && config.left.map(({ field }) => field)).toEqual(['environment'])
    expect(inspect(config, { depth: 9 })).not.toContain('marked')
  }
})

test.each('environment merchantId secret url charset onUnencodable business timeoutMs'.split(' '))(
  'row 19: property: a secret put into %s by mistake is in no issue and no error',
  (option) => {
    const secret = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!?.:/@ -]{10,20}[A-Za-z0-9!]$/)
    const shape = fc.constantFrom<(text: string) => unknown>(
      (text) => text,
      (text) => `${text}\n`,
      (text) => [text],
      (text) => ({ secret: text }),
      (text) => `https://a.example/${text}?b`,
    )
    const environment = fc.constantFrom('local', 'test', 'live', 'production')
    const property = fc.property(secret, shape, environment, (text, shaped, name) => {
      const config = read({ environment: name, timeoutMs: -1, [option]: shaped(text) })
      const error = invalid('invalid_configuration', isLeft(config) ? config.left : [])
      const shown = [error.message, error.hint, JSON.stringify(error), inspect(error, { depth: 9 })].join()
      expect(shown).not.toContain(text)
    })
    expect(() => fc.assert(property, { numRuns: 60 })).not.toThrow()
  },
)
