import type { Reply } from '@railswitch/core'

/** payabl documents no acknowledgement; 200 with `OK` is what its clients answer. */
export const acknowledge = (): Reply => ({ status: 200, contentType: 'text/plain', body: 'OK' })
