import type { CallbackResponse } from '@railswitch/core/provider'

/** The response to a notification. payabl documents none; its clients respond with 200 and `OK`. */
export const acknowledge = (): CallbackResponse => ({ status: 200, contentType: 'text/plain', body: 'OK' })
