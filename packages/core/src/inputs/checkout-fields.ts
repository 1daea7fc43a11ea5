import { isIP } from 'node:net'
import * as z from 'zod'
import { validationRule } from '../errors/issue.ts'
import { isLocale } from '../values/country-and-locale.ts'
import {
  country,
  customerId,
  emailAddress,
  personName,
  positiveMoney,
  providerOptions,
  referenceFields,
  trimmedText,
} from './fields.ts'

const url = z
  .string()
  .describe("the address of a page of yours, such as 'https://shop.example/thanks'")
  .refine(
    (value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol) && value.length <= 255,
    validationRule(
      'must be an absolute http(s) address of at most 255 characters',
      "write it such as 'https://shop.example/'",
    ),
  )

export const customer = z.strictObject({
  id: customerId,
  firstName: personName,
  lastName: personName,
  email: emailAddress,
  country,
  locale: z
    .string()
    .describe("a language such as 'sv-SE' or 'de'")
    .refine(isLocale, validationRule('is not a language of BCP 47', "write it such as 'sv-SE' or 'de'")),
  phone: z
    .string()
    .refine(
      (value) => /^\+[1-9]\d{5,14}$/.test(value),
      validationRule('must be an international number', "write it such as '+46701234567'"),
    )
    .optional(),
  ip: z
    .string()
    .refine((value) => isIP(value) !== 0, validationRule('must be one IP address', "pass only the customer's address"))
    .optional(),
})

/** The fields of a deposit. An account and a mandate have the same without `amount`. */
export const depositShape = {
  ...referenceFields,
  amount: positiveMoney,
  customer,
  returnUrl: z.union([url, z.strictObject({ success: url, failure: url, cancel: url })]),
  statement: trimmedText(100).optional(),
  providerOptions,
}
