import type { Query } from '../operator/search.ts'

/** The search in an operation's address. */
export const readSearch = (query: URLSearchParams): Query => ({
  text: query.get('q') ?? '',
  vendor: query.get('vendor') ?? '',
  kind: query.get('kind') ?? '',
  state: query.get('state') ?? '',
  failed: query.has('failed'),
  page: Number(query.get('page') ?? 1) || 1,
})
