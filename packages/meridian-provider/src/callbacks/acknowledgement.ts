import type { CallbackResponse } from '@railswitch/core/provider'

/** Meridian asks nothing, so every answer has the same acknowledgement. */
export const acknowledge = (): CallbackResponse => ({
  status: 200,
  contentType: 'application/json',
  body: '{"received":true}',
})
