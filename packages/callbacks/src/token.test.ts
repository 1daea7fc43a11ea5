import { CompactSign } from 'jose'
import { createTokens, longestToken, type Signable } from './token.ts'

const current = 'current-secret-of-at-least-32-chars'
const previous = 'previous-secret-of-at-least-32-char'

const intent: Signable = {
  kind: 'deposit',
  rail: 'trustly',
  reference: 'order-1',
  attempt: 1,
  expect: { value: '249.90', currency: 'SEK' },
}

test('a token contains its intent, and signing the intent again gives the same token', async () => {
  const tokens = createTokens([current])
  const token = await tokens.sign(intent)
  expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(await tokens.sign(intent)).toBe(token)
  expect(await tokens.open('trustly', token)).toEqual({ kind: 'deposit', reference: 'order-1', attempt: 1 })
  const second = await tokens.sign({ ...intent, attempt: 2 })
  expect(await tokens.open('trustly', second)).toEqual({ kind: 'deposit', reference: 'order-1', attempt: 2 })
})

test('a token opens after its secret was rotated, but not after the secret was removed', async () => {
  const token = await createTokens([previous]).sign(intent)
  expect(await createTokens([current, previous]).open('trustly', token)).not.toBeNull()
  expect(await createTokens([current]).open('trustly', token)).toBeNull()
})

test('a token of one rail does not open on another', async () => {
  const tokens = createTokens([current])
  expect(await tokens.open('payabl', await tokens.sign(intent))).toBeNull()
})

test('an altered token and an unsigned token do not open', async () => {
  const tokens = createTokens([current])
  const token = await tokens.sign(intent)
  for (let at = 0; at < token.length; at += 1) {
    const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(await tokens.open('trustly', altered)).toBeNull()
  }
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`
  expect(await tokens.open('trustly', none)).toBeNull()
  expect(await tokens.open('trustly', '')).toBeNull()
})

test('a token contains nothing about the customer and is at most `longestToken` long', async () => {
  const longest: Signable = {
    kind: 'deposit',
    rail: 'x'.repeat(32),
    reference: 'r'.repeat(200),
    attempt: 99,
    expect: { value: '999999999999999.99', currency: 'SEK' },
  }
  const token = await createTokens([current]).sign(longest)
  expect(token.length).toBeLessThanOrEqual(longestToken)
  expect(token.length).toBeGreaterThan(longestToken - 5)
})

test('no reference, amount or currency makes a token longer than `longestToken`', async () => {
  const tokens = createTokens([current])
  const longest = { kind: 'deposit', rail: 'x'.repeat(32), reference: 'r'.repeat(27), attempt: 99 } as const
  const lengths = ['BHD', 'SEK', 'JPY'].map(async (currency) => {
    const decimals = { BHD: '.999', SEK: '.99', JPY: '' }[currency]
    return (await tokens.sign({ ...longest, expect: { value: `999999999999999${decimals}`, currency } })).length
  })
  expect(Math.max(...(await Promise.all(lengths)))).toBe(longestToken)
})

test('parts of genuine tokens with another key, header or payload do not open', async () => {
  const tokens = createTokens([current])
  const [header = '', payload = '', signature = ''] = (await tokens.sign(intent)).split('.')
  const [, othersPayload = ''] = (await tokens.sign({ ...intent, reference: 'order-2' })).split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const headerOf = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url')
  const forged = await createTokens([previous]).sign(intent)
  for (const token of [
    `${header}.${othersPayload}.${signature}`,
    `${header}.${payload}.${forged.split('.')[2]}`,
    `${headerOf({ alg: 'HS512', kid })}.${payload}.${signature}`,
    `${headerOf({ alg: 'none', kid })}.${payload}.`,
    `${headerOf({ alg: 'HS256' })}.${payload}.${signature}`,
    `${header}.${payload}.`,
    `${header}.${payload}`,
    `${header}.${payload}.${signature}.${signature}`,
    `${header}.${payload}.${signature}=`,
    `${header}.${payload}.${signature} `,
  ])
    expect(await tokens.open('trustly', token)).toBeNull()
})

test('a JWS of another program with our secret and another payload does not open', async () => {
  const secret = new TextEncoder().encode(current)
  const [header = ''] = (await createTokens([current]).sign(intent)).split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  for (const payload of ['{"sub":"order-1"}', '["deposit","order-1",1]', '[]', 'null', 'order-1', '']) {
    const bytes = new TextEncoder().encode(payload)
    const token = await new CompactSign(bytes).setProtectedHeader({ alg: 'HS256', kid }).sign(secret)
    expect(await createTokens([current]).open('trustly', token)).toBeNull()
  }
})

test('our own payload opens only with HS256, a reference and a number as the attempt', async () => {
  const secret = new TextEncoder().encode(current)
  const [header = '', payload = ''] = (await createTokens([current]).sign(intent)).split('.')
  const fieldsOf = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  const { kid } = fieldsOf(header)
  const [kind, reference, attempt, ...rest] = fieldsOf(payload) as unknown[]
  const signed = (fields: unknown[], alg = 'HS256') =>
    new CompactSign(Buffer.from(JSON.stringify(fields))).setProtectedHeader({ alg, kid }).sign(secret)
  const opened = async (token: Promise<string>) => createTokens([current]).open('trustly', await token)
  expect(await opened(signed([kind, reference, attempt, ...rest]))).toEqual({ kind, reference, attempt })
  expect(await opened(signed([kind, reference, attempt, ...rest], 'HS384'))).toBeNull()
  expect(await opened(signed([kind, 1, attempt, ...rest]))).toBeNull()
  expect(await opened(signed([kind, reference, '1', ...rest]))).toBeNull()
})
