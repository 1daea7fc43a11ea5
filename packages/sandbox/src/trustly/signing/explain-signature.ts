import { constants, createHash, type KeyObject, publicDecrypt, verify as rsaVerify } from 'node:crypto'
import { type CanonicalRules, canonicalParts, vendorRules } from './canonical-form.ts'
import { digestNames, type Hash, type Message, plaintext, readSignature } from './signature.ts'

interface Guess {
  /** The parts of the text. */
  readonly parts: readonly string[]
  readonly mistakes: readonly string[]
}
type Mistakes<Value extends string> = ReadonlyArray<readonly [value: Value, mistake: string | undefined]>

const orders: Mistakes<CanonicalRules['order']> = [
  ['bytes', undefined],
  ['locale', 'member names sorted by locale (localeCompare), not by bytes'],
  ['caseless', 'member names sorted without regard to case, not by bytes'],
  ['as written', 'member names not sorted'],
]
const nulls: Mistakes<CanonicalRules['nulls']> = [
  ['kept', undefined],
  ['dropped', 'null members dropped: a null keeps its name'],
]
const arrays: Mistakes<CanonicalRules['arrays']> = [
  ['in place', undefined],
  ['sorted', 'array elements sorted: they keep their order'],
]
const numbers: Mistakes<CanonicalRules['numbers']> = [
  ['as written', undefined],
  ['parsed', 'numbers parsed and printed again: they are signed as written'],
]
const encodings: Mistakes<'utf8' | 'latin1'> = [
  ['utf8', undefined],
  ['latin1', 'text encoded as Latin-1, not UTF-8'],
]
const hashes: readonly Hash[] = ['SHA1', 'RS256', 'RS384', 'RS512']
// The names of calls and notifications, as documented and with other capitals.
const methodNames =
  `Deposit Refund Withdraw ApproveWithdrawal DenyWithdrawal SelectAccount RegisterAccount AccountPayout
  RegisterAccountPayout Charge CancelCharge AccountLedger Balance GetWithdrawals MerchantSettlement
  ViewAutomaticSettlementDetailsCSV pending credit debit cancel account kyc payoutconfirmation payoutfailed`
    .split(/\s+/)
    .flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()])

/** Why a signature does not verify, and the parts of the text that was signed instead, where that is known. */
export interface SignatureMistake {
  readonly reason: string
  readonly signed?: readonly string[]
}

/** Finds the common mistake that reproduces a signature that did not verify. `otherUuids` are those of earlier messages,
 *  which may have been signed instead. */
export const findMistake = (
  message: Message,
  signature: string,
  publicKey: KeyObject,
  otherUuids: readonly string[] = [],
): SignatureMistake => {
  const read = readSignature(signature)
  if (!read) return { reason: 'not base64 after an optional alg=RS256;, alg=RS384; or alg=RS512;' }
  const signed = recoverDigest(read.bytes, publicKey)
  if (!signed)
    return {
      reason: usesPss(message, read.bytes, publicKey) ? 'padded with PSS, not PKCS#1 v1.5' : 'signed with another key',
    }
  const found = guesses(message, otherUuids)
    .flatMap((guess) => reproduce(guess, signed, read.hash))
    .sort((a, b) => a.mistakes.length - b.mistakes.length)[0]
  if (!found) return { reason: 'signed with the right key, but over another text' }
  return { reason: found.mistakes.join('; '), signed: found.parts }
}

/** The mistake in words. */
export const explainSignature = (...signed: Parameters<typeof findMistake>): string => findMistake(...signed).reason

/** The signed digest with its DigestInfo header; undefined when the key does not match. */
const recoverDigest = (signature: Buffer, publicKey: KeyObject): Buffer | undefined => {
  try {
    return publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature)
  } catch {
    return undefined
  }
}

const usesPss = (message: Message, signature: Buffer, key: KeyObject): boolean =>
  hashes.some((hash) =>
    rsaVerify(
      digestNames[hash],
      Buffer.from(plaintext(message)),
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
      signature,
    ),
  )

const guesses = ({ method, uuid, data }: Message, otherUuids: readonly string[]): Guess[] => {
  const prefixes = prefixesOf(method ?? '', uuid ?? '', otherUuids)
  return ruleGuesses().flatMap(({ rules, mistakes }) => {
    const body = canonicalParts(data, rules)
    return prefixes.map(([prefix, mistake]) => ({ parts: [...prefix, ...body], mistakes: named(...mistakes, mistake) }))
  })
}

type Prefix = readonly string[]

/** The possible parts before the data in the signed text. */
const prefixesOf = (
  method: string,
  uuid: string,
  otherUuids: readonly string[],
): ReadonlyArray<readonly [Prefix, string | undefined]> => {
  const right = [method, uuid]
  const otherForms = [uuid.toLowerCase(), uuid.toUpperCase(), uuid.replaceAll('-', '')]
  const wrong: ReadonlyArray<readonly [Prefix, string]> = [
    [[uuid], 'method missing from the signed text'],
    [[method], 'uuid missing from the signed text'],
    [[], 'method and uuid missing from the signed text'],
    [[uuid, method], 'uuid before the method in the signed text'],
    ...otherForms.map((form) => [[method, form], 'uuid written in another way in the signed text'] as const),
    ...otherUuids.map((other) => [[method, other], 'the uuid of an earlier call in the signed text'] as const),
    ...methodNames.map((other) => [[other, uuid], `method ${other} in the signed text, not ${method}`] as const),
  ]
  return [[right, undefined], ...wrong.filter(([prefix]) => prefix.join('') !== right.join(''))]
}

const ruleGuesses = () =>
  orders.flatMap(([order, wrongOrder]) =>
    nulls.flatMap(([nullRule, wrongNulls]) =>
      arrays.flatMap(([arrayRule, wrongArrays]) =>
        numbers.map(([numberRule, wrongNumbers]) => ({
          rules: { ...vendorRules, order, nulls: nullRule, arrays: arrayRule, numbers: numberRule },
          mistakes: named(wrongOrder, wrongNulls, wrongArrays, wrongNumbers),
        })),
      ),
    ),
  )

const reproduce = ({ parts, mistakes }: Guess, signed: Buffer, claimed: Hash): Guess[] => {
  const text = parts.join('')
  return encodings.flatMap(([encoding, wrongEncoding]) =>
    hashes
      .filter((hash) => signed.length === signedLength[hash])
      .filter((hash) => signed.subarray(-digestLength[hash]).equals(digestOf(hash, text, encoding)))
      .map((hash) => ({
        parts,
        mistakes: named(...mistakes, wrongEncoding, hash === claimed ? undefined : wrongHash(hash, claimed)),
      })),
  )
}

const digestOf = (hash: Hash, text: string, encoding: 'utf8' | 'latin1'): Buffer =>
  createHash(digestNames[hash]).update(text, encoding).digest()

const digestLength: Record<Hash, number> = { SHA1: 20, RS256: 32, RS384: 48, RS512: 64 }
// A DigestInfo header precedes the digest: 15 bytes for SHA-1, 19 for the others.
const signedLength: Record<Hash, number> = { SHA1: 35, RS256: 51, RS384: 67, RS512: 83 }

const wrongHash = (hash: Hash, claimed: Hash): string => {
  const made = digestNames[hash].replace('sha', 'SHA-')
  return claimed === 'SHA1' ? `${made} without the prefix alg=${hash};` : `${made} under the prefix alg=${claimed};`
}

const named = (...mistakes: readonly (string | undefined)[]): string[] =>
  mistakes.filter((mistake) => mistake !== undefined)
