import {
  amount,
  currency,
  decimalsFitCurrency,
  flag,
  optional,
  pattern,
  required,
  text,
  webAddress,
} from '../field-rules.ts'
import type { Description } from './method-schema.ts'
import * as responses from './responses.ts'
import * as shared from './shared-fields.ts'

export const swish = {
  Swish: {
    does: 'requests a payment by Swish',
    data: shared.order,
    attributes: {
      MerchantSwishNumber: required(pattern('digits, such as `1231181189`', /^\d{6,15}$/)),
      Amount: required(amount),
      Currency: required(currency),
      UseMobile: optional(flag),
      SuccessURL: optional(webAddress),
      FailURL: optional(webAddress),
      Message: optional(
        pattern('up to 50 of letters, digits, space and `!?(),.-:;`', /^[A-Za-zÅÄÖåäö\d !?(),.\-:;]{1,50}$/),
      ),
      MobilePhone: optional(pattern('8–15 digits with the country code, no +', /^[1-9]\d{7,14}$/)),
      NationalIdentificationNumber: optional(text),
      AgeLimit: optional(pattern('1 to 99', /^[1-9]\d?$/)),
    },
    conditions: [decimalsFitCurrency('attributes')],
    response: responses.swishOrder,
    errors: [],
    source: "Trustly's generated model, github.com/trustly/trustly-client-js",
  },
} satisfies { readonly [method: string]: Description }
