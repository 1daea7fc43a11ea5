import * as z from 'zod'

/** Members that several responses have. Ids are digits as text, whether Trustly wrote a number or a string. */
export const orderId = z.string().regex(/^\d{1,20}$/)
const flag = z.enum(['0', '1'])
const decimal = z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/)
// Trustly writes "no reason" as null, as "" or by leaving the member out.
const reason = z
  .string()
  .nullish()
  .transform((given) => given || null)

/** An order with the page that the customer is sent to, by GET. */
export const checkout = z.object({ orderid: orderId, url: z.url({ protocol: /^https?$/ }) })

const perhapsOrderId = orderId.nullish().transform((given) => given ?? null)

/** `result` `0` is a rejection, although not an error, and can come without an order. */
export const accepted = z
  .object({ orderid: perhapsOrderId, result: flag })
  .refine(({ orderid, result }) => result === '0' || orderid !== null)

/** `result` `0` is a rejection, with a word or a sentence in `rejected`. */
export const decided = z.object({
  result: flag,
  rejected: reason,
  orderid: perhapsOrderId,
})

export const account = z.object({
  accountid: orderId,
  clearinghouse: z.string().optional(),
  bank: z.string().optional(),
  /** The account number with all but its last digits masked. */
  descriptor: z.string().optional(),
})

export const swishOrder = z.object({ orderid: orderId, url: z.string().optional(), qrcode: z.string().optional() })

export const balances = z.array(z.object({ currency: z.string().length(3), balance: decimal }))

export const ledger = z.array(
  z.object({
    datestamp: z.string(),
    amount: decimal,
    currency: z.string().length(3),
    accountname: z.string(),
    transactiontype: z.string(),
    orderid: z.string().nullish(),
    messageid: z.string().nullish(),
    userid: z.string().nullish(),
    gluepayid: z.string().nullish(),
  }),
)

export const withdrawals = z.array(
  z.object({
    reference: z.string().nullish(),
    orderid: orderId,
    accountid: z.string().nullish(),
    transferstate: z.string(),
    amount: decimal,
    currency: z.string().length(3),
    datestamp: z.string(),
    modificationdate: z.string(),
    eta: z.string().nullish(),
  }),
)

export const settlementDetails = z.object({ view_automatic_settlement_details: z.string() })

export const settlementReference = z.object({ reference: z.string() })
