import { PaymentError, type Store, storeFailed } from '@railswitch/core'

/** What a method of the store did not do. */
const failures = {
  begin: 'record the request',
  conclude: 'record the response',
  find: 'read the payment',
  findByVendorId: 'read the payment',
  claim: 'record the report',
  claimRecord: 'lease the payment',
  release: 'end the lease of the payment',
  leaseDue: 'read the payments that are due',
  reschedule: 'record when the payment is due again',
  erasePersonalData: 'erase the personal data',
  happenedBetween: 'read the payments of a day',
  reviews: 'read the reviews',
} as const

type Failure = keyof typeof failures

/**
 * The store, whose methods reject only with a PaymentError: the error of its driver is the cause. `complete` is left as it is, because it
 * also rejects with the error of the application's own write.
 */
export const withStoreErrors = <Tx>(store: Store<Tx>): Store<Tx> => ({
  durable: store.durable,
  complete: (...given) => store.complete(...given),
  begin: (...given) => orFailed('begin', () => store.begin(...given)),
  conclude: (...given) => orFailed('conclude', () => store.conclude(...given)),
  find: (...given) => orFailed('find', () => store.find(...given)),
  findByVendorId: (...given) => orFailed('findByVendorId', () => store.findByVendorId(...given)),
  claim: (...given) => orFailed('claim', () => store.claim(...given)),
  claimRecord: (...given) => orFailed('claimRecord', () => store.claimRecord(...given)),
  release: (...given) => orFailed('release', () => store.release(...given)),
  leaseDue: (...given) => orFailed('leaseDue', () => store.leaseDue(...given)),
  reschedule: (...given) => orFailed('reschedule', () => store.reschedule(...given)),
  erasePersonalData: (...given) => orFailed('erasePersonalData', () => store.erasePersonalData(...given)),
  happenedBetween: (...given) => eachOrFailed('happenedBetween', () => store.happenedBetween(...given)),
  reviews: (...given) => eachOrFailed('reviews', () => store.reviews(...given)),
})

const eachOrFailed = async function* <A>(failure: Failure, run: () => AsyncIterable<A>): AsyncIterable<A> {
  try {
    yield* run()
  } catch (cause) {
    throw storeError(failure, cause)
  }
}

const orFailed = async <A>(failure: Failure, run: () => Promise<A>): Promise<A> => {
  try {
    return await run()
  } catch (cause) {
    throw storeError(failure, cause)
  }
}

/** A PaymentError of our own stores, and of a provider that the store called, has a more useful hint. */
export const storeError = (failure: Failure, cause: unknown): PaymentError =>
  cause instanceof PaymentError
    ? cause
    : storeFailed(
        {
          message: `The store could not ${failures[failure]}.`,
          hint: 'Nothing was sent: repair the store (its error is the cause), then call again.',
        },
        { cause },
      )
