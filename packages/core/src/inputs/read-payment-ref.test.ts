import { PaymentError } from '../errors/payment-error.ts'
import { paymentRef } from '../values/payment-ref.ts'
import { readPaymentRef } from './read-payment-ref.ts'

const ref = paymentRef({ rail: 'trustly', kind: 'deposit', reference: 'order-1001', attempt: 1 })

const refusalOf = (text: unknown): PaymentError | null => {
  try {
    readPaymentRef(text as string)
    return null
  } catch (error) {
    return error instanceof PaymentError ? error : null
  }
}

test('what was stored as text is read as a payment ref', () => {
  expect(readPaymentRef(`${ref}`)).toBe(ref)
})

test.each([['order-1001'], [''], [`${ref}.9`], [ref.slice(0, 20)], [null], [undefined], [7]])(
  '%p is refused, without repeating it',
  (text) => {
    const refusal = refusalOf(text)
    expect(refusal).toMatchObject({
      code: 'invalid_input',
      issues: [{ field: 'payment', rule: 'is not a payment ref' }],
    })
    if (text) expect(refusal?.message).not.toContain(String(text))
  },
)

test('a padded column is named as the reason', () => {
  expect(refusalOf(`${ref}    `)?.issues).toMatchObject([{ rule: 'has white space around it' }])
})
