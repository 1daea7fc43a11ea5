import { readdirSync, readFileSync } from 'node:fs'
import { isLeft, left } from '@railswitch/core/provider'
import fc from 'fast-check'
import { codes } from '../error-codes.ts'
import { classifyResponse, looksLikeResponse, type PaymentResponse, readPaymentResponse } from './payment-response.ts'

const samples = new URL('../__fixtures__/samples/', import.meta.url)
const sample = (name: string) => readFileSync(new URL(name, samples))
const read = (body: Uint8Array | string): PaymentResponse => {
  const answer = readPaymentResponse(typeof body === 'string' ? Buffer.from(body, 'latin1') : body)
  if (isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return answer.right
}

describe('the answer of a payment call', () => {
  it.each([
    ['res-preauthorize-authorized-authentic.txt', '0', '43327070', '1', 'accepted', 'accepted'],
    ['res-capture-authentic.txt', '0', '6905370', '1234-123456789-4321', 'accepted', 'accepted'],
    ['res-reversal-authentic.txt', '0', '43328589', '1', 'accepted', 'accepted'],
    ['res-refund-new-docs-authentic.txt', '0', '105898756', 'api-test-123', 'accepted', 'accepted'],
    ['res-refund-old-docs-authentic.txt', '2000', '6905370', undefined, 'pending', 'pending'],
    ['res-preauthorize-trustly-pending.txt', '2000', '104900001', 'trustly-0001', 'pending', 'pending'],
    ['res-preauthorize-bad-signature.txt', '-999', undefined, undefined, 'refused', 'unknown-outcome'],
    ['res-preauthorize-missing-field.txt', '-6000', undefined, undefined, 'refused', 'refused'],
    ['res-cft-accepted.txt', '0', '104900002', 'payout-0001', 'accepted', 'accepted'],
    ['res-cft-aborted.txt', '-5008', '104900002', 'payout-0001', 'refused', 'refused'],
  ])('is read from %s', (file, status, transactionid, orderid, moneyIn, moneyOut) => {
    const answer = read(sample(file))
    expect(answer).toMatchObject({ status })
    expect([answer.transactionid, answer.orderid]).toEqual([transactionid, orderid])
    expect([classifyResponse(answer, 'in'), classifyResponse(answer, 'out')]).toEqual([moneyIn, moneyOut])
    expect(looksLikeResponse(sample(file))).toBe(true)
  })

  it('is read from every sample of one', () => {
    const answers = readdirSync(samples).filter((name) => name.startsWith('res-') && name.endsWith('.txt'))
    expect(answers.map((name) => readPaymentResponse(sample(name))._tag)).toEqual(Array(10).fill('Right'))
  })

  it('holds the address to send the customer to, decoded once', () => {
    expect(read(sample('res-preauthorize-trustly-pending.txt')).redirect_url).toBe(
      'https://test.trustly.com/_/2f6b14fa-446a-4364-92f8-84b738d589ff?locale=sv_SE',
    )
  })

  it('decodes an address twice only if it is still encoded', () => {
    expect(read('status=2000&redirect_url=https%253A%252F%252Fa.example%252F%253Fb%253D1').redirect_url).toBe(
      'https://a.example/?b=1',
    )
    expect(read('status=2000&redirect_url=https%3A%2F%2Fa.example%2F%253F').redirect_url).toBe('https://a.example/%3F')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'https:', 'https%3A%E0'])(
    'refuses the address %s',
    (address) => {
      expect(readPaymentResponse(Buffer.from(`status=2000&redirect_url=${encodeURIComponent(address)}`))).toEqual(
        left({ kind: 'response', field: 'redirect_url' }),
      )
    },
  )

  it('reads the deprecated names where the current ones are blank', () => {
    expect(read('status=-5002&transid=7&transactionid=&errmsg=No&price=1.00')).toMatchObject({
      transactionid: '7',
      errormessage: 'No',
      amount: '1.00',
    })
  })

  it('lets unknown fields pass, and drops them', () => {
    expect(Object.keys(read('status=0&token_id=1&a[b]=2&__proto__=3'))).not.toContain('token_id')
  })

  it.each([
    ['no status', 'transactionid=7', 'status'],
    ['a blank status', 'status=', 'status'],
    ['a status in words', 'status=ok', 'status'],
    ['an id that is none', 'status=0&transactionid=7a', 'transactionid'],
  ])('refuses %s', (_, body, field) => {
    expect(readPaymentResponse(Buffer.from(body))).toEqual(left({ kind: 'response', field }))
  })

  it.each(['', '<html>502</html>', 'status=0&status=-1', 'status=%'])('refuses what is no form: %s', (body) => {
    expect(readPaymentResponse(Buffer.from(body))).toMatchObject(left({ kind: 'form' }))
  })

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(readPaymentResponse(Buffer.from(`status=0&${text}`))._tag).toMatch(/Left|Right/),
      ),
    )
  })

  it.each([
    ['status=-6000&errormessage=x', true],
    ['transactionid=&status=-1', true],
    ['<html>status=0</html>', false],
    ['substatus=0', false],
    ['status=', false],
  ])('is worth reading under an HTTP error if it looks like one: %s', (body, worth) => {
    expect(looksLikeResponse(Buffer.from(body))).toBe(worth)
  })
})

describe('what an answer means', () => {
  const effects = (status: string, errormessage?: string) => {
    const answer = { status, errormessage, redirect_url: undefined }
    return [classifyResponse(answer, 'in'), classifyResponse(answer, 'out')]
  }

  it.each(Object.entries(codes))('is never success but for 0, and never a refusal when unsure: %s', (code, entry) => {
    const unsure = entry.class === 'unknown'
    const expected =
      code === '0'
        ? ['accepted', 'accepted']
        : code === '2000'
          ? ['pending', 'pending']
          : [
              unsure ? 'unknown-outcome' : 'refused',
              unsure || ['-999', '-1315'].includes(code) ? 'unknown-outcome' : 'refused',
            ]
    expect(effects(code)).toEqual(expected)
  })

  it('is unknown for money out, and no payment for money in, when the code is not listed', () => {
    expect(effects('-7777')).toEqual(['refused', 'unknown-outcome'])
    expect(effects('1')).toEqual(['refused', 'unknown-outcome'])
    expect(effects('-7777', 'MID is near to negative balance')).toEqual(['refused', 'refused'])
    expect(effects('-7777', 'MID balance service request timeout')).toEqual(['unknown-outcome', 'unknown-outcome'])
  })

  it('is pending when there is an address to go to, though the status says 0', () => {
    expect(classifyResponse({ status: '0', errormessage: 'pending', redirect_url: 'https://a.example/' }, 'in')).toBe(
      'pending',
    )
  })
})
