import type { Issue } from '@railswitch/core'
import type { TrustlyData } from './client/methods/methods.ts'

type Attributes = Omit<
  TrustlyData<'Deposit'>['Attributes'] &
    TrustlyData<'Withdraw'>['Attributes'] &
    TrustlyData<'RegisterAccountPayout'>['Attributes'],
  // Given by the operation's own input.
  | 'Amount'
  | 'Country'
  | 'Currency'
  | 'Email'
  | 'FailURL'
  | 'Firstname'
  | 'IP'
  | 'Lastname'
  | 'Locale'
  | 'MobilePhone'
  | 'ShopperStatement'
  | 'SuccessURL'
  | 'SuggestedAmount'
  | 'SuggestedMaxAmount'
  | 'SuggestedMinAmount'
>

/**
 * What only Trustly has: attributes in its own spelling, for the operation's method. A method that does not know one refuses
 * it as `invalid_input`, and what the input itself gives wins.
 */
export interface TrustlyProviderOptions {
  readonly Attributes?: Partial<Attributes>
}

declare module '@railswitch/core' {
  interface ProviderOptions {
    readonly 'trustly-direct'?: TrustlyProviderOptions
  }
}

interface WithOptions {
  readonly providerOptions?: { readonly 'trustly-direct'?: TrustlyProviderOptions } | undefined
}

export const ownAttributes = ({ providerOptions }: WithOptions): Partial<Attributes> =>
  providerOptions?.['trustly-direct']?.Attributes ?? {}

/** A slip here would be lost without a word, and with it a `RequestKYC`. */
export const optionIssues = ({ providerOptions = {} }: WithOptions): readonly Issue[] => {
  const own: unknown = providerOptions['trustly-direct']
  const misspelt = Object.keys(providerOptions).filter((name) => /^trustly/i.test(name) && name !== 'trustly-direct')
  const isObject = typeof own === 'object' && own !== null
  return [
    ...misspelt.map((name) => ({
      field: `${path}.${name}`,
      rule: 'is no provider',
      fix: `write ${path}.trustly-direct`,
    })),
    ...(own === undefined || isObject
      ? []
      : [{ field: `${path}.trustly-direct`, rule: 'must be an object', fix: 'give { Attributes: … }' }]),
    ...Object.keys(isObject ? own : {})
      .filter((name) => name !== 'Attributes')
      .map((name) => ({
        field: `${path}.trustly-direct.${name}`,
        rule: 'is not a known field',
        fix: 'write what it is to say as a member of Attributes',
      })),
  ]
}

const path = 'providerOptions'
