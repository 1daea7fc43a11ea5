import type { Rail } from '../seed/plan.ts'

/** A call of ours that a vendor executed: what it created there is ours, whatever anybody else names like it. */
export interface OwnOrder {
  readonly rail: Rail
  /** Trustly's method or payabl's action. */
  readonly method: string
  /** The vendor's id from the response. */
  readonly vendorId: string
  /** Our own id as we sent it, cut into its parts. Empty if the request has none. */
  readonly reference: string
  readonly attempt: number
  /** The call of the application that sent it; null for a call of `sync`. */
  readonly job: string | null
  /** When it was executed, in milliseconds since 1970. */
  readonly at: number
}

/** What a request and its response say. */
type Executed = Omit<OwnOrder, 'job' | 'at'>

/** Reads a request and its response as the vendor sees them. Null: the vendor refused it. */
export const readCall = (rail: Rail, path: string, request: string, response: string): Executed | null =>
  rail === 'trustly' ? readTrustly(request, response) : readPayabl(path, request, response)

const readTrustly = (request: string, response: string): Executed | null => {
  const { method, params } = JSON.parse(request)
  const data = JSON.parse(response).result?.data
  if (data?.orderid === undefined || data.orderid === null) return null
  return {
    rail: 'trustly',
    method,
    vendorId: String(data.orderid),
    ...keyOf(params.Data.MessageID ?? ''),
  }
}

const readPayabl = (path: string, request: string, response: string): Executed | null => {
  const vendorId = new URLSearchParams(response).get('transactionid')
  if (!vendorId) return null
  const key = keyOf(new URLSearchParams(request).get('orderid') ?? '')
  return { rail: 'payabl', method: path.split('/').at(-1) ?? '', vendorId, ...key }
}

/** `order-1_2` is the second attempt of `order-1`. */
const keyOf = (text: string): Pick<OwnOrder, 'reference' | 'attempt'> => {
  const [, reference = text, attempt = '1'] = /^(.*)_(\d{1,2})$/.exec(text) ?? []
  return { reference, attempt: Number(attempt) }
}
