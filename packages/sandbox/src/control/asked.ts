/** What a request to the control API asks for. Every reading throws a ControlProblem that says what is expected. */
export type Asked = {
  /** The parts of the path that the endpoint names. */
  readonly part: (name: string) => string
  readonly query: URLSearchParams
  readonly text: (name: string) => string
  readonly optionalText: (name: string) => string | undefined
  readonly optionalNumber: (name: string) => number | undefined
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A request that cannot be answered, with the HTTP status that says so. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Request = {
  readonly parts: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

export const readAsked = ({ parts, query, body: bytes }: Request): Asked => {
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
    text: (name) => {
      const text = optionalText(name)
      if (text === undefined) throw new ControlProblem(400, `${name} is missing.`)
      return text
    },
  }
}

const readBody = (bytes: Uint8Array): Readonly<Record<string, unknown>> => {
  if (bytes.length === 0) return {}
  const value = parse(new TextDecoder().decode(bytes))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ControlProblem(400, 'The body is not a JSON object.')
  return value as Record<string, unknown>
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new ControlProblem(400, 'The body is not JSON.')
  }
}
