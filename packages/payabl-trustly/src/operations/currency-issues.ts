import type { Issue } from '@railswitch/core'
import { currencies } from '../wire/currencies.ts'

export const currencyIssues = (currency: string): readonly Issue[] =>
  currencies.has(currency)
    ? []
    : [
        {
          field: 'amount.currency',
          rule: 'is not a currency of payabl',
          fix: `use one of ${[...currencies].join(' ')}`,
        },
      ]
