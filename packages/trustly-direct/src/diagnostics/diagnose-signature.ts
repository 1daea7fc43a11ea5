import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Either, either, type Issue, isLeft, left, pipe, right } from '@railswitch/core/provider'
import type { KeyMistake } from '../wire/key-mistake.ts'
import { trustlyPublicKeys } from '../wire/published-keys.ts'
import { readPrivateKey, readPublicKeys } from '../wire/rsa-keys.ts'
import { type SignatureHash, verify } from '../wire/signature.ts'
import type { SignatureMistake } from './common-mistake.ts'
import { reproduce } from './find-mistakes.ts'
import { type MessageFault, type MessageKind, type ReceivedMessage, readMessage } from './received-message.ts'
import { isPssOver, prefixMistakes, readSignatureValue, recoverDigest } from './signature-value.ts'
import { documentedSteps, hashedBytes } from './signing-steps.ts'

/** Whether a message's signature is valid, and if not, why. Holds no part of the data, the signature or a key. */
export interface SignatureDiagnostics {
  readonly kind: MessageKind
  readonly method: string | null
  readonly verified: boolean
  /** The hash of a verified signature. */
  readonly hash: SignatureHash | null
  /** The mistakes that together reproduce a signature that is not valid. */
  readonly mistakes: readonly SignatureMistake[]
}

/**
 * Finds out whether a message of Trustly's API (request, result, error, notification or reply) is signed by one of the keys, and if
 * not, which known mistakes reproduce the signature. Pure; a small message takes well below a second. `keys`: PEM or JWK text; of a
 * private key, the public half is used. Left: a key or the message cannot be read.
 */
export const diagnoseSignature = (
  message: string | Uint8Array,
  keys: readonly string[],
): Either<Issue, SignatureDiagnostics> =>
  pipe(
    readKeys(keys),
    either.flatMap((given) =>
      pipe(
        readMessage(message),
        either.mapLeft(unreadable),
        either.map((received) => report(received, given)),
      ),
    ),
  )

const readKeys = (texts: readonly string[]): Either<Issue, readonly KeyObject[]> => {
  const read = texts.map(readKey)
  const mistaken = read.find(isLeft)
  if (mistaken) return left({ field: 'key', rule: mistaken.left.rule, fix: mistaken.left.fix })
  return right(read.flatMap((keys) => (isLeft(keys) ? [] : keys.right)))
}

const readKey = (text: string): Either<KeyMistake, readonly KeyObject[]> => {
  const read = readPublicKeys(text)
  return isLeft(read) && read.left.code === 'private_for_public'
    ? pipe(
        readPrivateKey(text),
        either.map((key) => [createPublicKey(key)]),
      )
    : read
}

const report = (message: ReceivedMessage, keys: readonly KeyObject[]): SignatureDiagnostics => {
  const verified = verify(message, message.signature, { keys })
  const { kind, method } = message
  return isLeft(verified)
    ? { kind, method, verified: false, hash: null, mistakes: diagnose(message, keys) }
    : { kind, method, verified: true, hash: verified.right, mistakes: [] }
}

const diagnose = (message: ReceivedMessage, given: readonly KeyObject[]): readonly SignatureMistake[] => {
  const { claimed, bytes, mistakes } = readSignatureValue(message.signature)
  if (given.some((key) => isPssOver(hashedBytes(message, documentedSteps), bytes, key))) return [...mistakes, pss]
  for (const { key, mistake } of [...given.map((key) => ({ key, mistake: null })), ...trustlyKeys()]) {
    const signed = recoverDigest(bytes, key)
    if (signed === null) continue
    const inText = reproduce(message, signed) ?? [otherText]
    const found = [...mistakes, ...signed.mistakes, ...prefixMistakes(signed.hash, claimed), ...inText]
    return mistake === null ? (found.length > 0 ? found : [otherText]) : [mistake, ...found]
  }
  return [...mistakes, otherKey(message.kind)]
}

const trustlyKeys = () =>
  (['test', 'live'] as const).map((environment) => ({
    key: createPublicKey(trustlyPublicKeys[environment]),
    mistake: {
      code: `trustly_${environment}_key`,
      rule: `it is signed with Trustly's key of ${environment}, and that is not the key given`,
      fix: 'verify messages of test with the key of test, and messages of live with the key of live',
    },
  }))

const otherKey = (kind: MessageKind): SignatureMistake => ({
  code: 'other_key',
  rule: 'it is signed with a key that is neither given here nor published by Trustly',
  fix:
    kind === 'request' || kind === 'reply'
      ? "a request and a reply are signed by the merchant: give the merchant's key, and compare it with the one that Trustly has"
      : `a message like this (${kind}) is signed by Trustly: give Trustly's key of the environment that sent it`,
})

const otherText: SignatureMistake = {
  code: 'other_text',
  rule: 'the key is right, but another text was signed, and no known mistake makes it of this message',
  fix: 'compare the text that you sign with the output of `railswitch trustly plaintext`; a proxy may have altered the message',
}

const pss: SignatureMistake = {
  code: 'pss',
  rule: 'the padding is PSS',
  fix: 'sign with RSASSA-PKCS1-v1_5, the default padding of most libraries',
}

const faults: { readonly [F in MessageFault]: readonly [rule: string, fix: string] } = {
  not_utf8: ['must be UTF-8', 'store and send the bytes as received'],
  not_json: ['must be the JSON of one message', 'give the whole body, without headers'],
  duplicate_member: [
    'must not have a member name twice in one object',
    'Trustly writes each name once: the message has been altered',
  ],
  lone_surrogate: ['must not have half a character', 'Trustly writes none: the message has been altered'],
  too_deep: ['must not be nested that deep', 'Trustly nests four levels: the message has been altered'],
  no_message: [
    "must be one of Trustly's messages, with the data in params, result or error.error",
    'give the whole body, with its own case: Signature, UUID, Data in requests, lower case elsewhere',
  ],
  unsigned: ['must have a signature', 'an unsigned message proves nothing'],
}

const unreadable = (fault: MessageFault): Issue => {
  const [rule, fix] = faults[fault]
  return { field: 'message', rule, fix }
}
