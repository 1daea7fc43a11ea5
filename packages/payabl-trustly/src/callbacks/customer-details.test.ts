import { notification } from '../__fixtures__/records.ts'
import { customerDetails } from './customer-details.ts'

test('is what payabl tells of the account, in our words', () => {
  expect(
    customerDetails(
      notification({
        account_holder: 'Åsa Öberg',
        account_number: '69706212',
        bank_number: '6112',
        bic: 'SWEDSESS',
        bank_name: 'Swedbank',
        bank_country: 'SE',
      }),
    ),
  ).toEqual({
    accountHolder: 'Åsa Öberg',
    accountNumber: '69706212',
    bankNumber: '6112',
    bic: 'SWEDSESS',
    bankName: 'Swedbank',
    bankCountry: 'SE',
  })
})

test('holds nothing that did not come, and nothing else of the notification', () => {
  expect(customerDetails(notification({ bic: 'SWEDSESS', errormessage: 'Öberg' }))).toEqual({ bic: 'SWEDSESS' })
  expect(customerDetails(notification())).toBeNull()
})
