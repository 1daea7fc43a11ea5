import * as z from 'zod'
import { validationRule } from '../errors/issue.ts'
import { isCountry } from '../values/country-and-locale.ts'
import { trimmedText } from './fields.ts'

export const customerId = trimmedText(100)

export const personName = trimmedText(50)

export const emailAddress = z
  .string()
  .refine(
    (value) => value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
    validationRule('must be one e-mail address', "write it such as 'name@shop.example'"),
  )

export const country = z
  .string()
  .refine(
    isCountry,
    validationRule('is not a country of ISO 3166-1 alpha-2', "write two capitals, such as 'SE' or 'GB'"),
  )
