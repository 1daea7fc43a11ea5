import { createRecordRules, type PaymentProvider, type Store, silentLogger, systemRuntime } from '@railswitch/core'
import type { BooksContext } from '../../reconcile/books/describe-difference.ts'

/** What a comparison of books needs, where nothing is handled and nothing is logged. */
export const booksContext = (
  rails: ReadonlyMap<string, PaymentProvider>,
  store: Store<void>,
  now: () => Date,
): BooksContext<void> => ({
  ...systemRuntime,
  now,
  rails,
  store,
  rules: createRecordRules(rails),
  pipeline: { record: async () => 'handled' } as never,
  logger: silentLogger,
  onError: undefined,
  isClosed: () => false,
})
