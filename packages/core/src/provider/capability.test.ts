import { isCapability, supportOf } from './capability.ts'

const declared = {
  deposit: { yes: true },
  refund: { yes: true, needs: 'a contract' },
  'refund.partial': { yes: false, why: 'the vendor refunds the whole' },
} as const

test('a provider does not support what it does not declare', () => {
  expect(supportOf(declared, 'payout.toAccount')).toEqual({ yes: false, why: 'its provider does not support it' })
  expect(supportOf(declared, 'refund')).toBe(declared.refund)
  expect(supportOf(declared, 'refund.partial')).toBe(declared['refund.partial'])
})

test.each([
  'deposit',
  'refund',
  'refund.partial',
  'payout.toDepositor',
  'payout.toAccount',
  'withdrawal',
  'account',
  'mandate',
  'charge',
  'kyc',
])('%s can be required', (name) => {
  expect(isCapability(name)).toBe(true)
})

test.each(['Deposit', 'payout', 'refund.full', 'toString', ''])('"%s" is not a capability', (name) => {
  expect(isCapability(name)).toBe(false)
})
