import type { Delivered } from './delivered.ts'

export interface TrustlyNotification {
  readonly method: string
  readonly orderId: string
  /** All deliveries of a notification have it. */
  readonly id: string
}

export const readNotification = ({ body }: Delivered): TrustlyNotification => {
  const { method, params } = JSON.parse(Buffer.from(body).toString())
  const { orderid, notificationid } = params.data
  return { method, orderId: `${orderid}`, id: `${notificationid ?? orderid}` }
}
