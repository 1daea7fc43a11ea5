import type { CallbackRequest, CallbackResponse } from '@railswitch/core'

/** 64 KiB. The largest callback of both vendors is about 3 KiB. */
export const largestCallback = 64 * 1024

/** `Pipeline.receive`, which the HTTP handlers call. */
export type Receive = (rail: string, token: string | null, delivery: CallbackRequest) => Promise<CallbackResponse>

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
