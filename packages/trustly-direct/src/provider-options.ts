import type { TrustlyData } from './descriptions/methods.ts'

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
