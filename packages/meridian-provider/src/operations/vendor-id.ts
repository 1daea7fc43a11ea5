import {
  conflict,
  intentOf,
  isOwnMethod,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
} from '@railswitch/core/provider'

/** Meridian's id of an intent: from the response to its call or, if that was lost, from its reports. */
export const vendorIdOf = (record: PaymentRecord, ref: PaymentRef | undefined): string | null => {
  const [responded] = intentOf(record, ref)?.vendorIds ?? []
  const reported = record.reports.find(
    ({ intent, method, vendorId }) => intent === ref && !isOwnMethod(method) && vendorId !== '',
  )
  return responded ?? reported?.vendorId ?? null
}

export const depositUnknown = (): PaymentError =>
  conflict({
    message: 'The id that Meridian gave the deposit is not known.',
    hint: 'Repeat the call of the deposit, or wait for sync(), which looks it up. Nothing was sent.',
  })
