import type { CustomerDetails } from '@railswitch/core/provider'
import type { Notification } from './notification.ts'

/** Trustly's names of a customer's details, by notification. */
const names: { readonly [method: string]: { readonly [theirs: string]: keyof CustomerDetails } } = {
  kyc: {
    personid: 'personId',
    firstname: 'firstName',
    lastname: 'lastName',
    dob: 'dateOfBirth',
    gender: 'gender',
    street: 'street',
    zipcode: 'zipCode',
    city: 'city',
    country: 'country',
  },
  account: {
    personid: 'personId',
    name: 'accountHolder',
    address: 'street',
    zipcode: 'zipCode',
    city: 'city',
    bank: 'bankName',
    /** Masked: `**706212`. */
    descriptor: 'accountNumber',
  },
}

/** The signature does not prove where a value ends: details that decide who may pay are left out if they have another form. */
const shapes: { readonly [theirs: string]: RegExp } = {
  dob: /^\d{4}-\d\d-\d\d$/,
  personid: /^(?:[A-Z]{2})?[0-9+-]{6,20}[0-9A-Z]{0,5}$/,
}

/**
 * The customer's details in a `kyc` or `account` notification: for the handler only, never stored. `country` can be a name: the
 * documentation's own sample has `Sweden`. Null for other notifications.
 */
export const customerDetails = ({ method, data }: Notification): CustomerDetails | null => {
  const known = Object.hasOwn(names, method) ? names[method] : undefined
  if (!known || !data.attributes) return null
  const { attributes } = data
  return Object.fromEntries(
    Object.entries(known).flatMap(([theirs, ours]) => {
      const value = Object.hasOwn(attributes, theirs) ? attributes[theirs] : undefined
      return typeof value === 'string' && (shapes[theirs] ?? /./).test(value) ? [[ours, value]] : []
    }),
  )
}
