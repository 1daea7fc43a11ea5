/** What payabl shows of a transaction. */
interface Transaction {
  readonly id: string
  readonly type: string
  readonly amount: string
  readonly currency: string
  readonly code: string
  readonly order: { readonly reference: string }
  /** ISO 8601. */
  readonly at: string
}

export const xml = (content: string): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?><response><process><error_message/><process_time>05.01.2026 11:00:00` +
  `</process_time><status>0</status></process>${content}</response>`

export const toSteps = (id: string, steps: readonly Transaction[]): string => {
  const stepsXml = steps.map(
    ({ type, amount, currency, code, order, at }, index) =>
      `<step${index + 1}><amount>${amount}</amount><creation_date>${dateOf(at)}</creation_date><currency>${currency}</currency>` +
      `<error_code>${code}</error_code><order_id>${order.reference}</order_id><type>${type}</type></step${index + 1}>`,
  )
  return `<transaction><transaction_id>${id}</transaction_id><transaction_status>${stepsXml.join('')}</transaction_status></transaction>`
}

export const toListed = ({ id, amount, currency, order, at }: Transaction): string =>
  `<transaction><amount>${amount}</amount><booking_date>${dateOf(at)}</booking_date><currency>${currency}</currency>` +
  `<issue_date>${dateOf(at)}</issue_date><order_id>${order.reference}</order_id><transaction_id> ${id}</transaction_id></transaction>`

const dateOf = (at: string): string => `${at.slice(0, 10).split('-').reverse().join('.')} ${at.slice(11, 19)}`
