/** The hash of a signature, by its name in `node:crypto`. */
export type SigningHash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface SigningOptions {
  readonly hash: SigningHash
  /** Aborted when the time limit has passed. The signature is not used then. */
  readonly signal: AbortSignal
}

/** Signs with a private key that never enters this process: in a KMS or an HSM. In tests, anything that signs. */
export interface Signer {
  /**
   * Resolves with the RSASSA-PKCS1-v1_5 signature of the bytes, as bytes. The same bytes must always get the same signature.
   * The bytes contain the account's password and the customer's data: send the KMS only their hash, and put them into no log or error.
   */
  sign(bytes: Uint8Array, options: SigningOptions): Promise<Uint8Array>
}
