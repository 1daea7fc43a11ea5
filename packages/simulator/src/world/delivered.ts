/** An HTTP request to the shop's callback address. */
export interface Delivered {
  readonly url: string
  readonly contentType: string
  readonly body: Uint8Array
}

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}
