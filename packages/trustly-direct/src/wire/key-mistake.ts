/** Why a text is not a usable key: the rule that it breaks, and how to fix it. Completes "privateKey …". Holds no key material. */
export interface KeyMistake {
  readonly code: KeyMistakeCode
  readonly rule: string
  readonly fix: string
}
export type KeyMistakeCode = keyof typeof mistakes

/** The rule and the fix for a mistake. */
export const keyMistake = (code: KeyMistakeCode): KeyMistake => ({ code, ...mistakes[code] })

const mistakes = {
  missing: {
    rule: 'must not be empty',
    fix: 'set it to the text of the PEM file; the usual cause is an unset environment variable',
  },
  not_a_key: {
    rule: 'must be the text of a PEM file or of one JWK',
    fix: 'give the contents, from -----BEGIN to -----END or from { to }: not a path, not bare base64, not a key set',
  },
  file_unreadable: {
    rule: 'must be the text of a key, or the path of a file that holds one and can be read',
    fix: 'check the path and its permissions; if this is the key itself, give all of it, from -----BEGIN to -----END',
  },
  public_for_private: {
    rule: 'must be a private key, and this is a public key',
    fix: 'give private.pem here; the public half is what you send to Trustly',
  },
  private_for_public: {
    rule: 'must be a public key, and this is a private key',
    fix: 'make the public half with `openssl pkey -in private.pem -pubout`, and never give the private key away',
  },
  certificate: {
    rule: 'must be a key, and this is a certificate or a request for one',
    fix: 'Trustly uses bare keys; the public half of a certificate: `openssl x509 -in file.pem -pubkey -noout`',
  },
  openssh: {
    rule: 'must be a PKCS#1 or PKCS#8 key, and this is an OpenSSH key',
    fix: 'convert a copy with `ssh-keygen -p -m PEM -f copy.pem`, or make one with `openssl genrsa -out private.pem 2048`',
  },
  passphrase_missing: {
    rule: 'is encrypted and needs its passphrase',
    fix: 'give the passphrase too, or decrypt it with `openssl pkey -in private.pem -out plain.pem`',
  },
  passphrase_wrong: {
    rule: 'must open with its passphrase',
    fix: 'check the passphrase with `openssl pkey -in private.pem -noout`; if it is right, the text is damaged',
  },
  damaged: {
    rule: 'must be a complete, readable key',
    fix: 'compare it with the file: lines may be missing or altered',
  },
  cannot_sign: {
    rule: 'cannot sign with this `signature` on this host: its OpenSSL policy refuses',
    fix: 'leave `signature` out for SHA-1, which needs no OpenSSL, or ask the administrator of the host',
  },
  not_rsa: {
    rule: 'must be an RSA key: Trustly supports no other',
    fix: 'make one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
  },
  too_short: {
    rule: 'must have at least 2048 bits',
    fix: 'make a longer one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
  },
} as const
