/** What an application may require of every configured rail. */
export type Capability = 'deposit' | 'refund' | 'refund.partial'

/** `needs`: what the vendor must switch on first; `why`: the reason it cannot be done. */
export type Support = { readonly yes: true; readonly needs?: string } | { readonly yes: false; readonly why: string }

export type Capabilities = { readonly [C in Capability]: Support }
