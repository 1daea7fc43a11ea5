import type { DepositInput } from '@railswitch/core'

/** One customer. None of these texts may appear in a log. */
export const customer: DepositInput['customer'] = {
  id: 'customer-77',
  firstName: 'Åsamarie',
  lastName: 'Öbergsson',
  email: 'asamarie@customer.example',
  country: 'SE',
  locale: 'sv-SE',
}

export const payee = {
  id: customer.id,
  firstName: customer.firstName,
  lastName: customer.lastName,
  email: customer.email,
  dateOfBirth: '1979-01-31',
}

export const bankAccount = { country: 'SE', accountNumber: '6902345678', bankNumber: '6112' }

export const personalData: readonly string[] = [
  customer.firstName,
  customer.lastName,
  customer.email,
  bankAccount.accountNumber,
]
