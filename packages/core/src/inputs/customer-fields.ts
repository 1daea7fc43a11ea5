import * as z from 'zod'
import { rule } from '../errors/issue.ts'
import { isCountry } from '../values/country-and-locale.ts'
import { text } from './fields.ts'

export const customerId = text(100)

export const personName = text(50)

export const emailAddress = z
  .string()
  .refine(
    (value) => value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
    rule('must be one e-mail address', "write it such as 'name@shop.example'"),
  )

export const country = z
  .string()
  .refine(isCountry, rule('is not a country of ISO 3166-1 alpha-2', "write two capitals, such as 'SE' or 'GB'"))
