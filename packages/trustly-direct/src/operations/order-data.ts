import {
  type Intent,
  intentOf,
  isOwnMethod,
  merchantReference,
  notFound,
  type OperationCall,
  type PaymentError,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
} from '@railswitch/core/provider'
import { deriveUuid } from '../wire/uuid.ts'

/** Members of Data that every order has. */
export const orderData = (
  customerId: string,
  { intent, callbackUrl }: Pick<OperationCall, 'intent' | 'callbackUrl'>,
) => ({
  NotificationURL: callbackUrl,
  EndUserID: customerId,
  MessageID: merchantReference(intent),
})

/** How the call of an intent is made. Its UUID is derived: after a crash, the same intent makes the identical request. */
export const callOptions = ({ intent, resumed, signal }: Pick<OperationCall, 'intent' | 'resumed' | 'signal'>) => ({
  uuid: uuidOf(intent),
  resumed,
  signal,
})

const uuidOf = (intent: Intent): string => deriveUuid(paymentRef(intent))

/** Trustly's id of an order of ours: from the response to its call, or from a later report of it. */
export const orderIdOf = (record: PaymentRecord, payment: PaymentRef | undefined): string | null => {
  const reported = record.reports.find(({ intent, method }) => intent === payment && !isOwnMethod(method))
  return intentOf(record, payment)?.vendorIds[0] ?? reported?.vendorId ?? null
}

export const orderUnknown = (kind: 'deposit' | 'withdrawal' | 'charge' | 'mandate'): PaymentError =>
  notFound({
    retry: 'same_attempt',
    message: `The ${kind}'s order id at Trustly is not known yet.`,
    hint: `Call ${kind}() again with the same reference: Trustly repeats its response, which has the order id.`,
  })
