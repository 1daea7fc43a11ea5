import type { DepositInput, Issue } from '@railswitch/core/provider'
import { currencies } from '../client/field-rules.ts'
import { optionIssues } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'

/** What Trustly would refuse, found before anything is sent and reported by the names of our input. `checkData` checks the rest. */
export const inputIssues = ({
  amount,
  statement,
  providerOptions,
}: Pick<DepositInput, 'amount' | 'statement' | 'providerOptions'>): readonly Issue[] => [
  ...optionIssues({ providerOptions }),
  ...currencyIssues(amount.currency),
  ...(amount.currency === 'HUF' && toAmount(amount).includes('.')
    ? [{ field: 'amount.value', rule: 'has fillér, and Trustly takes whole forints', fix: 'round it yourself' }]
    : []),
  ...(statement === undefined
    ? [{ field: 'statement', rule: 'is required by Trustly', fix: 'give it here or once in the configuration' }]
    : []),
]

const currencyIssues = (currency: string): readonly Issue[] =>
  currencies.includes(currency)
    ? []
    : [{ field: 'amount.currency', rule: 'is not a currency of Trustly', fix: `use one of ${currencies.join(' ')}` }]
