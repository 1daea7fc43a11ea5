import { canonicalForm } from '../wire/canonical-form.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json-text.ts'

/**
 * Why Trustly has ended the order because of who the customer is: Trustly's own word, `''` if it cannot be read; null: it has not.
 * Trustly's model has `abort` in the data; the documentation can be read to have it in the attributes. Any value but "0" and false
 * is an abort, and so is a message without a flag.
 */
export const abortIn = (whole: JsonObject): string | null => {
  const places = [whole, attributesOf(whole)]
  const flags = places.map(({ abort }) => abort).filter(isPresent)
  const messages = places.map(({ abortmessage }) => abortmessage).filter(isPresent)
  const isAbort = flags.length === 0 ? messages.length > 0 : flags.some((flag) => flag !== '0' && flag !== false)
  if (!isAbort) return isHidden(whole) ? '' : null
  return messages.find(isReadable) ?? ''
}

const attributesOf = ({ attributes = null }: JsonObject): JsonObject => (isJsonObject(attributes) ? attributes : {})

/** null, `""`, `[]` and `{}` are signed as nothing. */
const isPresent = (value: JsonValue | undefined): value is JsonValue =>
  value !== undefined && canonicalForm(value).trim() !== ''

const isReadable = (message: JsonValue): message is string =>
  typeof message === 'string' && /^[a-z_]{1,60}$/.test(message)

/**
 * The signature does not prove where a member ends: `abort` `1` can also arrive as `abor` `t1`, or inside the value before it. So
 * this text anywhere else in the signed text is an abort, too.
 */
const isHidden = (whole: JsonObject): boolean => {
  const { attributes = null } = whole
  const rest = { ...withoutAbort(whole), attributes: isJsonObject(attributes) ? withoutAbort(attributes) : attributes }
  return /abort(?:1|true|message)/.test(canonicalForm(rest))
}

const withoutAbort = ({ abort: _, abortmessage: __, ...rest }: JsonObject): JsonObject => rest
