import type { Account, Payin, Payout, Refund } from './books.ts'
import type { BankPorts } from './deliveries.ts'
import type { Orders } from './orders.ts'
import { Refusal } from './request-members.ts'
import { isSame, requestSignature, responseSignature } from './signatures.ts'

export interface ApiRequest {
  readonly method: string
  /** With its query, without the address of the API. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface ApiResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

interface Result {
  readonly status: number
  readonly body: string
  readonly isReplayed?: boolean
}

const longestClockDifferenceMs = 5 * 60_000

/** Answers the requests of all accounts. Never throws. */
export const createApi = (accounts: ReadonlyMap<string, Account>, orders: Orders, { now }: Pick<BankPorts, 'now'>) => {
  return (request: ApiRequest): ApiResponse => {
    const account = accounts.get(request.headers['meridian-key'] ?? '')
    const secret = account?.secrets.find((one) => isSignedWith(one, request))
    const sentAt = Number(request.headers['meridian-time']) * 1000
    const isInTime = Math.abs(now().getTime() - sentAt) <= longestClockDifferenceMs
    if (!account || secret === undefined) return toResponse(errorOf(new Refusal(401, 'unauthenticated')), null)
    const result = isInTime ? answer(account, request) : errorOf(new Refusal(401, 'unauthenticated'))
    return toResponse(result, { secret, request: request.headers['meridian-signature'] ?? '' })
  }

  function answer(account: Account, request: ApiRequest): Result {
    try {
      if (account.refuses.account) throw new Refusal(403, 'account_suspended')
      if (request.method === 'GET') return { status: 200, body: JSON.stringify(shown(account, request.path)) }
      return executeOnce(account, request)
    } catch (error) {
      return errorOf(error)
    }
  }

  function executeOnce(account: Account, request: ApiRequest): Result {
    const key = request.headers['idempotency-key'] ?? ''
    if (!/^\S{1,64}$/.test(key)) throw new Refusal(400, 'invalid_request')
    const content = `${request.path}\n${new TextDecoder().decode(request.body)}`
    const stored = account.responses.get(key)
    if (stored && stored.request !== content) throw new Refusal(409, 'idempotency_mismatch')
    if (stored) return { ...stored, isReplayed: true }
    const result = executed(account, request)
    account.responses.set(key, { ...result, request: content })
    return result
  }

  /** A refusal that is not final is thrown, so that it is not stored. */
  function executed(account: Account, request: ApiRequest): Result {
    try {
      return { status: 201, body: JSON.stringify(opened(account, request)) }
    } catch (error) {
      if (error instanceof Refusal && error.isFinal) return errorOf(error)
      throw error
    }
  }

  function opened(account: Account, { path, body }: ApiRequest): object {
    const content = parsed(body)
    const [, payin] = /^\/payins\/([^/]+)\/refunds$/.exec(path) ?? []
    if (payin !== undefined)
      return orders.openRefund(
        account,
        account.payins.find(({ id }) => id === payin),
        content,
      )
    if (path === '/payins') return orders.openPayin(account, content)
    if (path === '/payouts') return orders.openPayout(account, content)
    throw new Refusal(404, 'not_found')
  }
}

const isSignedWith = (secret: string, { method, path, headers, body }: ApiRequest): boolean => {
  const idempotencyKey = headers['idempotency-key'] ?? ''
  const signed = { time: headers['meridian-time'] ?? '', method, path, idempotencyKey, body }
  return isSame(headers['meridian-signature'] ?? '', requestSignature(secret, signed))
}

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw new Refusal(400, 'invalid_request')
  }
}

const shown = ({ payins, refunds, payouts }: Account, path: string): object => {
  const [, kind = '', id, reference] = /^\/(payins|refunds|payouts)(?:\/([^/?]+)|\?reference=([^&]+))$/.exec(path) ?? []
  const lists: Readonly<Record<string, readonly (Payin | Refund | Payout)[]>> = { payins, refunds, payouts }
  const list = lists[kind] ?? []
  if (reference !== undefined) return { items: list.filter((one) => one.reference === decodeURIComponent(reference)) }
  const found = list.find((one) => one.id === id)
  if (!found) throw new Refusal(404, 'not_found')
  return found
}

const errorOf = (error: unknown): Result => {
  const { status, code, isFinal } = error instanceof Refusal ? error : new Refusal(500, 'internal')
  return { status, body: JSON.stringify({ error: { code, message: `Meridian: ${code}.`, final: isFinal } }) }
}

const toResponse = (
  { status, body: text, isReplayed = false }: Result,
  signing: { readonly secret: string; readonly request: string } | null,
): ApiResponse => {
  const body = new TextEncoder().encode(text)
  const headers = {
    'content-type': 'application/json',
    ...(signing && { 'meridian-signature': responseSignature(signing.secret, signing.request, status, body) }),
    ...(isReplayed && { 'idempotent-replayed': 'true' }),
  }
  return { status, headers, body }
}
