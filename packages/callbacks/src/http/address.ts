import type { Delivery, Logger, Reply } from '@railswitch/core'

/** 64 KiB: the largest callback of either vendor is about 3 KiB. */
export const largestCallback = 64 * 1024

/** What the HTTP faces call: `Pipeline.receive`. */
export type Receive = (rail: string, token: string | null, delivery: Delivery) => Promise<Reply>

/** Logs how to fix a mounting in which something consumed the signed bytes first. */
export const logUnreadable = (logger: Logger, { rail }: CallbackAddress): void =>
  logger.error(
    { rail, hint: 'mount payments.callbacks before any body parser: the signature covers the bytes as sent' },
    'callback not read: its body was read before',
  )

export interface CallbackAddress {
  readonly rail: string
  readonly token: string | null
}

/** Reads `…/<rail>/<token>` or `…/<rail>` from the path's end, wherever the application mounted it. Null: not ours. */
export const readAddress = (path: string, isRail: (name: string) => boolean): CallbackAddress | null => {
  const [last = '', beforeLast = ''] = path.split('/').filter(Boolean).reverse()
  if (isRail(last)) return { rail: last, token: null }
  return isRail(beforeLast) ? { rail: beforeLast, token: last } : null
}
