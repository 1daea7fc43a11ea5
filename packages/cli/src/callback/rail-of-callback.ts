import { readAddress } from '@railswitch/callbacks'
import { isLeft, type PaymentProvider } from '@railswitch/core'
import { UsageError } from '../errors.ts'
import type { ReceivedCallback } from './saved-callback.ts'

/** The rail that a callback is for: named on the command line, by its path, or found by its body. */
export const railOfCallback = (
  rails: ReadonlyMap<string, PaymentProvider>,
  callback: ReceivedCallback,
  named: string | undefined,
): { readonly rail: string; readonly provider: PaymentProvider; readonly token: string | null } => {
  const names = [...rails.keys()].join(', ')
  const address = callback.path === null ? null : readAddress(pathOf(callback.path), (name) => rails.has(name))
  if (named === undefined && callback.path !== null && !address)
    throw new UsageError(`The path of the callback names no configured rail: choose one with --rail: ${names}.`)
  const rail = named ?? address?.rail ?? railOfBody(rails, callback)
  const provider = rails.get(rail)
  if (!provider) throw new UsageError(`${rail} is no configured rail: choose one of ${names}.`)
  return { rail, provider, token: address?.rail === rail ? address.token : null }
}

const pathOf = (path: string): string => path.split('?')[0] ?? ''

/** The rail that verifies it, otherwise the only one whose vendor sends such bodies. */
const railOfBody = (rails: ReadonlyMap<string, PaymentProvider>, callback: ReceivedCallback): string => {
  const { body, headers } = callback
  const contentType = headers['content-type'] ?? ''
  const all = [...rails]
  const verifying = all.find(([, provider]) => !isLeft(provider.verifyCallback({ body, contentType, headers })))
  if (verifying) return verifying[0]
  const similar = all.filter(([, { id }]) => id === vendorOfBody(callback))
  const [first, ...others] = similar
  if (first && others.length === 0) return first[0]
  throw new UsageError(
    `No rail verifies this body: choose the one it is for with --rail: ${[...rails.keys()].join(', ')}.`,
  )
}

/** The provider whose vendor sends such bodies. */
export const vendorOfBody = ({ headers }: Pick<ReceivedCallback, 'headers'>): string =>
  /json/.test(headers['content-type'] ?? '') ? 'trustly-direct' : 'payabl-trustly'
