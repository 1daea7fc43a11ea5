import type { ExtraParameter } from './client/parameter-types.ts'

/**
 * Options of payabl alone: parameters of a deposit or a payout in payabl's spelling, such as `birthday` (ddmmyyyy) or `custom1`. The
 * values of the input itself take precedence.
 */
export interface PayablProviderOptions {
  readonly parameters?: { readonly [N in ExtraParameter]?: string | undefined }
}

declare module '@railswitch/core/provider' {
  interface ProviderOptions {
    readonly 'payabl-trustly'?: PayablProviderOptions
  }
}

interface WithOptions {
  readonly providerOptions?: { readonly 'payabl-trustly'?: PayablProviderOptions } | undefined
}

/** Only these names, whatever an untyped caller gives: no other parameter can be replaced. */
export const ownParameters = ({ providerOptions }: WithOptions): { readonly [N in ExtraParameter]?: string } => {
  const given = providerOptions?.['payabl-trustly']?.parameters ?? {}
  return Object.fromEntries(extraParameters.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}

const extraParameters: readonly ExtraParameter[] = Object.keys({
  external_id: true,
  birthday: true,
  salutation: true,
  title: true,
  gender: true,
  street: true,
  house: true,
  postbox: true,
  zip: true,
  city: true,
  state: true,
  company: true,
  phone: true,
  fax: true,
  mobile: true,
  customerid: true,
  custom1: true,
  custom2: true,
  custom3: true,
} satisfies { readonly [N in ExtraParameter]: true }) as ExtraParameter[]
