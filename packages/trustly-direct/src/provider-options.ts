import type { Issue } from '@railswitch/core/provider'
import type { TrustlyData } from './client/methods/methods.ts'

type Attributes = Omit<
  TrustlyData<'Deposit'>['Attributes'] &
    TrustlyData<'Withdraw'>['Attributes'] &
    TrustlyData<'RegisterAccountPayout'>['Attributes'] &
    Pick<TrustlyData<'DirectDebitMandate'>['Attributes'], 'MerchantReference' | 'PaymentSchedule' | 'Theme'>,
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
 * Options of Trustly alone: attributes in Trustly's spelling, for the operation's method. An attribute that the method does not have
 * is `invalid_input`. The values of the input itself take precedence.
 */
export interface TrustlyProviderOptions {
  readonly Attributes?: Partial<Attributes>
}

declare module '@railswitch/core/provider' {
  interface ProviderOptions {
    readonly 'trustly-direct'?: TrustlyProviderOptions
  }
}

interface WithOptions {
  readonly providerOptions?: { readonly 'trustly-direct'?: TrustlyProviderOptions } | undefined
}

export const ownAttributes = ({ providerOptions }: WithOptions): Partial<Attributes> =>
  providerOptions?.['trustly-direct']?.Attributes ?? {}

/** Misspelt options. Trustly ignores what it does not know, so a misspelt `RequestKYC` would have no effect. */
export const optionIssues = ({ providerOptions = {} }: WithOptions): readonly Issue[] => {
  const own: unknown = providerOptions['trustly-direct']
  const misspelt = Object.keys(providerOptions).filter((name) => /^trustly/i.test(name) && name !== 'trustly-direct')
  const isObject = typeof own === 'object' && own !== null
  return [
    ...misspelt.map((name) => ({
      field: `${path}.${name}`,
      rule: 'is not a provider',
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
        fix: 'write it as a member of Attributes',
      })),
  ]
}

const path = 'providerOptions'
