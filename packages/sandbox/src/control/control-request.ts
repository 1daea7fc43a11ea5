/** A request to the control API. Every accessor throws a ControlProblem that says what is expected. */
export interface ControlRequest {
  /** The value of a named part of the endpoint's path. */
  readonly part: (name: string) => string
  readonly query: URLSearchParams
  readonly text: (name: string) => string
  readonly optionalText: (name: string) => string | undefined
  /** Empty unless given. */
  readonly record: (name: string) => Readonly<Record<string, unknown>>
  readonly list: (name: string) => readonly string[]
  readonly optionalNumber: (name: string) => number | undefined
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A request that cannot be executed, with the HTTP status of the response. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

interface RawRequest {
  readonly parts: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

export const readControlRequest = ({ parts, query, body: bytes }: RawRequest): ControlRequest => {
  const body = readBody(bytes)
  const optionalText = (name: string) => {
    const value = body[name]
    if (value === undefined || typeof value === 'string') return value
    throw new ControlProblem(400, `${name} is not text.`)
  }
  return {
    part: (name) => parts[name] ?? '',
    query,
    body,
    optionalText,
    optionalNumber: (name) => {
      const value = body[name]
      if (value === undefined || typeof value === 'number') return value
      throw new ControlProblem(400, `${name} is not a number.`)
    },
    record: (name) => recordOf(body[name] ?? {}, name),
    list: (name) => {
      const value = body[name] ?? []
      if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
      throw new ControlProblem(400, `${name} is not a list of texts.`)
    },
    text: (name) => {
      const text = optionalText(name)
      if (text === undefined) throw new ControlProblem(400, `${name} is missing.`)
      return text
    },
  }
}

const readBody = (bytes: Uint8Array): Readonly<Record<string, unknown>> =>
  bytes.length === 0 ? {} : recordOf(parse(new TextDecoder().decode(bytes)), 'The body')

const recordOf = (value: unknown, name: string): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new ControlProblem(400, `${name} is not a JSON object.`)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ControlProblem(400, 'The body is not JSON.')
  }
}
