import { everything, type Query } from '../operator/search.ts'

export const backOfficePath = '/back-office'

/** The lists of the back office, each with a path. */
export const listPaths = {
  payments: backOfficePath,
  callbacks: `${backOfficePath}/callbacks`,
  calls: `${backOfficePath}/calls`,
} as const

export const settingsPath = `${backOfficePath}/settings`

/** Server-sent events about the page whose path and query are in `of`. */
export const livePath = `${backOfficePath}/live`

export const paymentPath = (vendor: string, id: string): string => `${backOfficePath}/payments/${vendor}/${id}`

export const callbackPath = (vendor: string, id: string): string => `${listPaths.callbacks}/${vendor}/${id}`

export const callPath = (vendor: string, id: string): string => `${listPaths.calls}/${vendor}/${id}`

/** The query of a list in its address. */
export const readQuery = (fields: URLSearchParams): Query => {
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  return {
    text: field('q'),
    vendor: field('rail'),
    kind: field('kind'),
    state: field('state'),
    failed: field('failed') !== '',
    page: Math.max(1, Number.parseInt(field('page'), 10) || 1),
  }
}

/** The address of a list with a query. */
export const listAddress = (path: string, query: Partial<Query>): string => {
  const { text, vendor, kind, state, failed, page } = { ...everything, ...query }
  const fields = Object.entries({
    q: text,
    rail: vendor,
    kind,
    state,
    failed: failed ? '1' : '',
    page: page > 1 ? String(page) : '',
  }).filter(([, value]) => value !== '')
  return fields.length === 0 ? path : `${path}?${new URLSearchParams(fields)}`
}
