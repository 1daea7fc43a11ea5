import {
  type Either,
  type ErrorContext,
  type ErrorReporting,
  left,
  longestCallMs,
  PaymentError,
  type PaymentErrorData,
  type PaymentProvider,
  providerFailed,
  reportError,
  type TaskEither,
  type Timers,
  withTimeoutSignal,
} from '@railswitch/core'

export interface ProviderCall<A> {
  readonly provider: PaymentProvider
  readonly about: Pick<ErrorContext, 'payment'>
  readonly run: (signal: AbortSignal) => TaskEither<PaymentError, A>
  /** What may be done after an error of the provider. Default: `after_lookup`. */
  readonly retry?: PaymentErrorData['retry']
}

/**
 * Calls the vendor within the time limit. A provider that throws, or that returns no Either, breaks its contract: it is reported, and
 * the call may have happened.
 */
export const callProvider = async <A>(
  context: Timers & ErrorReporting,
  { provider, about, run, retry }: ProviderCall<A>,
): Promise<Either<PaymentError, A>> => {
  try {
    const response = await withTimeoutSignal(context, longestCallMs, (signal) => run(signal)())
    if (isEither(response)) return response
    throw new TypeError('no Either')
  } catch (thrown) {
    const error = providerFailed(provider.id, thrown, { ...(retry && { retry }) })
    reportError(context, error, { during: 'provider', message: 'the provider threw an error', ...about })
    return left(error)
  }
}

const isEither = (response: unknown): boolean => {
  const { _tag, left: error } = (response ?? {}) as { readonly _tag?: unknown; readonly left?: unknown }
  return _tag === 'Right' || (_tag === 'Left' && error instanceof PaymentError)
}
