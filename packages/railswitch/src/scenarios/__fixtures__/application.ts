import { PaymentError, type PaymentEvent, type PaymentRef, paymentRef } from '@railswitch/core'
import type { Payments } from '../../payments.ts'
import type { Action, History } from './history.ts'
import { depositOf } from './shop-at-trustly.ts'
import type { VendorModel } from './vendor-model.ts'

export const callbackBase = 'https://shop.example/callbacks'

const refOf = (kind: 'deposit' | 'payout' | 'withdrawal' | 'account', reference: string): PaymentRef =>
  paymentRef({ rail: 'v', kind, reference, attempt: 1 })

/** The application's calls. An error is the outcome of its call. */
export const perform = async (payments: Payments<void>, vendor: VendorModel, action: Action): Promise<unknown> => {
  try {
    return await call(payments, vendor, action)
  } catch (error) {
    if (error instanceof PaymentError) return error
    throw error
  }
}

const amount = { value: '100.00', currency: 'SEK' } as const

const call = (payments: Payments<void>, vendor: VendorModel, action: Action): Promise<unknown> => {
  const { name } = action
  const { amount: _none, ...checkout } = depositOf(name)
  switch (action.does) {
    case 'deposit':
      return payments.deposit(depositOf(name))
    case 'withdrawal':
      return payments.withdrawal(depositOf(name))
    case 'account':
      return payments.account({ ...checkout, mandate: true })
    case 'mandate':
      return payments.mandate(checkout)
    case 'payout': {
      const account = { country: 'SE', accountNumber: '69706212', bankNumber: '6112' }
      const { id, firstName, lastName, email } = checkout.customer
      const customer = { id, firstName, lastName, email, dateOfBirth: '1979-01-31' }
      return payments.payout({ reference: name, amount, to: { account }, customer })
    }
    case 'refund': {
      const { reference, attempt, of } = action
      const value = { value: action.amount, currency: 'SEK' }
      return payments.refund({ payment: refOf('deposit', of), reference, attempt, amount: value })
    }
    case 'charge': {
      const customer = { id: 'customer-1', email: 'asa@customer.example' }
      return payments.charge({ reference: name, amount, from: { payment: refOf('account', action.from) }, customer })
    }
    case 'approve':
      return payments.approve({ payment: refOf('withdrawal', name) })
    case 'deny':
      return payments.deny({ payment: refOf('withdrawal', name) })
    case 'begin elsewhere':
      return Promise.resolve(vendor.beginElsewhere(name, amount.value, `${callbackBase}/v`))
    case 'import': {
      const { state } = action
      const vendorIds = [vendor.idOf(name)] as const
      return payments.importPayment({ by: 'Åsa', why: 'moved', deposit: { reference: name, amount, rail: 'v', state, vendorIds } })
    }
    default:
      return action satisfies never
  }
}

export const listen = (
  payments: Payments<void>,
  onEvent: (event: PaymentEvent) => void,
  { reserved, recovered }: Pick<History, 'reserved' | 'recovered'>,
): void =>
  payments.on({
    'deposit.not_credited_yet': onEvent,
    'deposit.credited': onEvent,
    'deposit.not_credited': onEvent,
    'deposit.reversed': (event) => {
      onEvent(event)
      return { recovered }
    },
    'refund.confirmed': onEvent,
    'refund.failed': onEvent,
    'payout.confirmed': onEvent,
    'payout.failed': onEvent,
    'withdrawal.requested': (event) => {
      onEvent(event)
      return { reserved }
    },
    'account.received': onEvent,
    'account.not_received': onEvent,
    'mandate.pending': onEvent,
    'mandate.active': onEvent,
    'mandate.moved': onEvent,
    'mandate.revoked': onEvent,
    'kyc.received': (event) => {
      onEvent(event)
      return { proceed: true }
    },
    'review.needed': onEvent,
    unrecognised: onEvent,
  })
