import { notificationKinds } from '../callbacks/notification-kinds.ts'

/** What a notification of this method reports, for people to read. Null: a method that this version does not know. */
export const notificationMeaning = (method: string): string | null =>
  Object.hasOwn(notificationKinds, method) ? (notificationKinds[method]?.when ?? null) : null
