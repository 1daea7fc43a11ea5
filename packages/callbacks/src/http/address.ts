import type { CallbackRequest, CallbackResponse, Logger } from '@railswitch/core'

/** 64 KiB. The largest callback of both vendors is about 3 KiB. */
export const largestCallback = 64 * 1024

/** `Pipeline.receive`, which the HTTP handlers call. */
export type Receive = (rail: string, token: string | null, delivery: CallbackRequest) => Promise<CallbackResponse>

/** Logs how to mount the handler if something else has read the signed bytes first. */
export const logUnreadable = (logger: Logger, { rail }: CallbackAddress): void =>
  logger.error(
    { rail, hint: 'mount payments.callbacks before any body parser: the signature covers the bytes as sent' },
    'callback not read: something else has read its body before',
  )

export interface CallbackAddress {
  readonly rail: string
  readonly token: string | null
}

/** Reads `…/<rail>/<token>` or `…/<rail>` at the end of the path, wherever the application mounted it. Null: it is not ours. */
export const readAddress = (path: string, isRail: (name: string) => boolean): CallbackAddress | null => {
  const [last = '', beforeLast = ''] = path.split('/').filter(Boolean).reverse()
  if (isRail(last)) return { rail: last, token: null }
  return isRail(beforeLast) ? { rail: beforeLast, token: last } : null
}
