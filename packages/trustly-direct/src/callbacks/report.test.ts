import { notification } from '../__fixtures__/orders.ts'
import { customerDetails } from './customer-details.ts'
import { toReport } from './report.ts'

const now = () => new Date('2026-11-21T12:00:00Z')

test('the time is Trustly’s own, in UTC; without one it is ours, and says so (account has none, section 4.2)', () => {
  const report = toReport(notification('credit'), now)
  expect(report).toMatchObject({ at: '2010-01-20T13:42:04.675Z', members: { timestamp: 'vendor' } })
  const timeless = toReport(notification('account'), now)
  expect(timeless.at).toBe('2026-11-21T12:00:00.000Z')
  expect(timeless.members).not.toHaveProperty('timestamp')
})

test('a method that nobody documented is stored, even without an order (java-notification-_unknown)', () => {
  expect(toReport(notification('_unknown'), now)).toMatchObject({
    id: '258a2184-2842-b485-23ca-293425152415',
    method: 'qweasdzxc',
  })
})

test('the details of the customer are for the handler, and not stored (docs-notification-kyc, -account-with-kyc)', () => {
  expect(customerDetails(notification('kyc'))).toEqual({
    personId: 'SE196512171957',
    firstName: 'Joe',
    lastName: 'Johnson',
    dateOfBirth: '1965-12-17',
    street: 'Street 10',
    zipCode: '11253',
    city: 'STOCKHOLM',
    country: 'Sweden',
  })
  expect(customerDetails(notification('account-with-kyc'))).toMatchObject({
    personId: 'SE198201019876',
    accountHolder: 'John Doe',
    bankName: 'SEB',
  })
  expect(customerDetails(notification('credit'))).toBeNull()
  for (const method of ['kyc', 'account', 'account-with-kyc'])
    expect(JSON.stringify(toReport(notification(method), now))).not.toMatch(/Joe|Johnson|SE1965|SE1982|084057|SEB|Doe/)
})
