import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isLeft, left } from '@railswitch/core/provider'
import { type CallbackDiagnostics, diagnoseCallback } from './diagnose-callback.ts'

const samples = new URL('../__fixtures__/samples/', import.meta.url)
const credited = readFileSync(new URL('notification-trustly-credited.txt', samples), 'latin1').trim()
const explain = (body: string, secrets: readonly string[] = ['b185']): CallbackDiagnostics => {
  const explained = diagnoseCallback(body, secrets)
  if (isLeft(explained)) throw new Error(explained.left.reason)
  return explained.right
}
const hashed = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')
const secured = (security: string) => credited.replace(/security=[0-9a-f]+/, `security=${security}`)

test('a notification shows the four fields that are hashed, and that the money is not among them', () => {
  const explained = explain(credited)
  expect(explained).toMatchObject({
    names: ['transactionid', 'type', 'errorcode', 'timestamp'],
    masked: expect.stringMatching(/^104900001capture0\d{10}<secret>$/),
    genuine: true,
    mistake: null,
  })
  expect(explained.uncovered).toEqual(expect.arrayContaining(['payment_state', 'amount', 'currency', 'orderid']))
})

test.each(readdirSync(samples).filter((name) => name.startsWith('notification-')))('%s is genuine', (name) => {
  expect(explain(readFileSync(new URL(name, samples), 'latin1')).genuine).toBe(true)
})

test('the documentation`s example is genuine (docs.payabl.com/docs/signature-calculation)', () => {
  const security = hashed('sha256', '118656640capture01610018172goodsecret')
  const body = `transactionid=118656640&type=capture&errorcode=0&timestamp=1610018172&security=${security}`
  expect(security).toMatch(/^1f67d79a.*951e047b$/)
  expect(explain(body, ['goodsecret']).genuine).toBe(true)
})

describe('one that is not genuine says why', () => {
  const { security: _, ...fields } = Object.fromEntries(new URLSearchParams(credited))
  const four = `${fields.transactionid}capture0${fields.timestamp}`
  const all = Object.keys(fields)
    .sort()
    .map((name) => fields[name])
    .join('')

  test.each([
    ['as requests are', hashed('sha1', `${all}b185`)],
    ['not the four', hashed('sha256', `${all}b185`)],
    ['a SHA-1', hashed('sha1', `${four}b185`)],
    ['in front', hashed('sha256', `b185${four}`)],
    ['left out', hashed('sha256', four)],
    ['upper case', hashed('sha256', `${four}b185`).toUpperCase()],
    ['None of the secrets', hashed('sha256', 'anything')],
    ['security does not have the form that payabl sends', 'abc'],
  ])('%s', (why, security) => {
    expect(explain(secured(security))).toMatchObject({ genuine: false, mistake: expect.stringContaining(why) })
  })

  test('a field that is missing', () => {
    expect(explain(credited.replace(/&?timestamp=\d+/, '')).mistake).toBe('timestamp is missing.')
  })
})

test('nothing secret or personal is shown', () => {
  const body = readFileSync(new URL('notification-trustly-accepted-additional.txt', samples), 'latin1')
  expect(JSON.stringify(explain(body))).not.toMatch(/b185|69706212|Muster|SWEDSESS|[0-9a-f]{64}/)
})

test('a body that is no form is said to be none', () => {
  expect(diagnoseCallback('transactionid', ['s'])).toEqual(left({ kind: 'form', reason: 'not-a-pair', position: 1 }))
})
