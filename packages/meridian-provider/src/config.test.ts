import { isLeft } from '@railswitch/core/provider'
import { readConfig } from './config.ts'

const secret = 'secret-of-the-account-0123456789'
const valid = { environment: 'test', apiKey: 'mk_shop1', secret }

const fieldsOf = (options: Readonly<Record<string, unknown>>): readonly string[] => {
  const config = readConfig(options)
  return isLeft(config) ? config.left.map(({ field }) => field) : []
}

test('valid options, with the address of their environment', () => {
  expect(readConfig(valid)).toMatchObject({
    right: { apiKey: 'mk_shop1', secrets: [secret], url: 'https://api.test.meridian.example/v1' },
  })
  expect(readConfig({ ...valid, environment: 'live' })).toMatchObject({
    right: { url: 'https://api.meridian.example/v1' },
  })
  const local = { ...valid, environment: 'local', url: 'http://127.0.0.1:1/v1/' }
  expect(readConfig(local)).toMatchObject({ right: { url: 'http://127.0.0.1:1/v1' } })
})

test('several secrets, as a list or as the text of a variable', () => {
  const secrets = [secret, `${secret}-old`]
  expect(readConfig({ ...valid, secret: secrets })).toMatchObject({ right: { secrets } })
  expect(readConfig({ ...valid, secret: secrets.join(', ') })).toMatchObject({ right: { secrets } })
})

test('all mistakes are reported at once', () => {
  expect(fieldsOf({ environment: 'production', apiKey: 'shop', secret: 'short', url: 'x', color: 1 })).toEqual(
    expect.arrayContaining(['environment', 'apiKey', 'secret', 'url', 'color']),
  )
  expect(fieldsOf({})).toEqual(expect.arrayContaining(['environment', 'apiKey', 'secret']))
})

test.each<readonly [string, Readonly<Record<string, unknown>>, string]>([
  ['local without an address', { environment: 'local' }, 'url'],
  ['an address without TLS', { url: 'http://meridian.example/v1' }, 'url'],
  ['an address with a query', { url: 'https://meridian.example/v1?a=b' }, 'url'],
  ['no secret', { secret: [] }, 'secret'],
  ['an empty secret in a list', { secret: [secret, ''] }, 'secret'],
])('%s is a mistake', (_name, change, field) => {
  expect(fieldsOf({ ...valid, ...change })).toEqual([field])
})

test('no mistake contains a value', () => {
  const config = readConfig({
    environment: secret,
    apiKey: secret,
    secret: 'hunter2-hunter2',
    url: secret,
    [secret.slice(0, 5)]: secret,
  })
  expect(JSON.stringify(config)).not.toMatch(/0123456789|hunter2/)
})
