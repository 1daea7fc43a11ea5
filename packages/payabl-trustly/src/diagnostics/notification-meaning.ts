import { isError } from '../interpret/reading.ts'

/** The fields of a notification that say what happened. */
interface NotificationFields {
  readonly type?: string | undefined
  readonly errorcode?: string | undefined
  readonly payment_state?: string | undefined
}

/** What a notification reports, for people to read. Null: a type or a state that this version does not know. */
export const notificationMeaning = ({
  type,
  errorcode = '0',
  payment_state: state,
}: NotificationFields): string | null => {
  const failed = isError(errorcode)
  switch (type) {
    case 'capture':
      if (state === 'not_credited') return 'the deposit ended without money, or its credited money was taken back'
      if (failed) return `the deposit failed with the code ${errorcode}`
      return captures[state ?? ''] ?? null
    case 'refund':
      return failed ? `a refund failed with the code ${errorcode}` : 'a refund was sent'
    case 'cft':
      return failed ? `a payout failed with the code ${errorcode}` : 'a payout was sent'
    case 'chb':
      return 'the bank takes the money of a deposit back'
    default:
      return null
  }
}

const captures: Readonly<Record<string, string>> = {
  credited: 'the money of a deposit is secured',
  not_credited_yet: 'the customer has approved the payment; the money has not arrived',
}
