/** Every fault, what it does, and how often it strikes where a seed has it: per call, callback, handler or payment. */
export const faults = {
  'connection-refused': { what: 'a request to a vendor is refused before a byte is sent', rate: 0.1 },
  'request-lost': {
    what: 'a request is lost before the vendor receives it; the shop waits for its time limit',
    rate: 0.1,
  },
  'request-late': { what: 'a request reaches the vendor after the shop has given up', rate: 0.08 },
  'response-lost': { what: 'the vendor executes a request, and its response is lost', rate: 0.15 },
  'response-slow': { what: 'a response takes up to 25 seconds', rate: 0.1 },
  'response-garbled': {
    what: 'the vendor executes a request, and a proxy replaces the response by an HTML page',
    rate: 0.08,
  },
  'response-is-an-error': {
    what: 'the vendor executes a request, and responds with an error that it has never published',
    rate: 0.08,
  },
  'callback-lost': { what: 'a callback is lost before it reaches a shop', rate: 0.2 },
  'callback-reply-lost': { what: 'a shop handles a callback, and its reply is lost', rate: 0.2 },
  'callback-doubled': { what: 'a callback arrives twice, at two shops at once', rate: 0.2 },
  'callback-reordered': { what: 'a callback arrives up to ten minutes later', rate: 0.2 },
  'callback-late': { what: 'a callback arrives days later', rate: 0.1 },
  'credit-given-up': {
    what: 'somebody at Trustly stops the notification of the first credit of an order: it never arrives',
    rate: 0.15,
  },
  'callback-tampered': { what: 'somebody changes a callback and delivers it before the genuine one', rate: 0.2 },
  'callback-with-odd-members': {
    what: 'optional members of a callback of Trustly are null, empty or in another form',
    rate: 0.2,
  },
  'callback-without-token': {
    what: 'a copy of a callback arrives first, without its token or with a made-up one',
    rate: 0.15,
  },
  'callback-at-another-address': {
    what: 'a copy of a callback arrives first at the address of another payment, with its token',
    rate: 0.2,
  },
  'store-refused': { what: 'a statement fails before it is executed: the connection is lost or conflicts', rate: 0.04 },
  'commit-unknown': {
    what: 'a statement is executed, and the connection is lost before the result arrives',
    rate: 0.04,
  },
  'store-slow': { what: 'a statement takes up to three seconds', rate: 0.08 },
  'handler-throws': { what: 'a handler throws an error', rate: 0.25 },
  'handler-hangs': { what: 'a handler never ends', rate: 0.06 },
  'handler-slow': { what: 'a handler takes longer than its time limit', rate: 0.1 },
  'write-hangs': { what: 'the write of a commit() never ends', rate: 0.06 },
  'write-fails': { what: 'the write of a commit() fails', rate: 0.15 },
  'crash-at-store': { what: 'a shop ends during a statement, before or after its execution', rate: 0.02 },
  'crash-at-wire': { what: 'a shop ends during a request to a vendor, before or after its execution', rate: 0.04 },
  'crash-in-handler': { what: 'a shop ends while a handler runs', rate: 0.06 },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly rate: number }>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as readonly FaultName[]
