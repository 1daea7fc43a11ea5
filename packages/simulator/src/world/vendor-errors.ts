import type { WireResponse } from '@railswitch/core/provider'
import type { Rail } from '../seed/plan.ts'
import { vendorKeys } from './keys.ts'
import { signAsTrustly } from './trustly-signatures.ts'

/** An error that its vendor has never published, as a response to this request; null for a query, which moves no money. */
export const unpublishedError = (rail: Rail, path: string, request: Uint8Array): WireResponse | null => {
  if (rail === 'trustly') return trustlyError(JSON.parse(Buffer.from(request).toString()))
  if (!path.includes('/payment_')) return null
  const body = Buffer.from('status=-9911&errormessage=Internal+inconsistency')
  return { status: 200, contentType: 'text/plain', body }
}

interface Call {
  readonly method: string
  readonly params: { readonly UUID: string }
}

const trustlyError = ({ method, params: { UUID: uuid } }: Call): WireResponse => {
  const data = { code: '991', message: 'ERROR_INTERNAL_INCONSISTENCY' }
  const signature = signAsTrustly({ method, uuid, data }, vendorKeys().vendor)
  const error = { name: 'JSONRPCError', code: 991, message: data.message, error: { signature, uuid, method, data } }
  const body = Buffer.from(JSON.stringify({ version: '1.1', error }))
  return { status: 200, contentType: 'application/json', body }
}
