import * as z from 'zod'
import { isCurrency } from './money.ts'

/** Meridian's objects. Ids, versions, states and money are exact. Any other member that cannot be read counts as missing. */

const amount = z.int().nonnegative()
const currency = z.string().refine(isCurrency)
const version = z.int().positive()
const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9]{1,60}$`))
const optionalText = z.string().nullish().catch(null)
const state = z.string().regex(/^[a-z_]{1,40}$/)

export const payinSchema = z.object({
  id: idOf('pi'),
  version,
  reference: optionalText,
  status: state,
  amount,
  currency,
  credited: amount,
  reversals: z.array(z.object({ id: idOf('rv'), amount, at: optionalText })).nullish(),
  endedBecause: optionalText,
  updatedAt: optionalText,
  payer: z.object({ holder: optionalText, iban: optionalText }).nullish().catch(null),
})

/** The response that opens a payin. */
export const openedPayinSchema = payinSchema.extend({
  checkoutUrl: z.url({ protocol: /^https?$/ }),
  expiresAt: optionalText,
})

export const refundSchema = z.object({
  id: idOf('rf'),
  version,
  payin: idOf('pi'),
  reference: optionalText,
  status: state,
  amount,
  currency,
  updatedAt: optionalText,
})

export const payoutSchema = z.object({
  id: idOf('po'),
  version,
  reference: optionalText,
  status: state,
  amount,
  currency,
  updatedAt: optionalText,
})

export const errorSchema = z.object({
  error: z.object({ code: z.string().regex(/^[a-z_]{1,60}$/), final: z.boolean() }),
})

export const callbackSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_]{1,100}$/),
  type: z.string().regex(/^[a-z_.]{1,60}$/),
  createdAt: optionalText,
  data: z.record(z.string(), z.unknown()),
})

export type Payin = z.infer<typeof payinSchema>
export type OpenedPayin = z.infer<typeof openedPayinSchema>
export type Refund = z.infer<typeof refundSchema>
export type Payout = z.infer<typeof payoutSchema>
