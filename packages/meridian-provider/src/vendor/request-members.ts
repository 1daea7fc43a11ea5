/** An error of the API. `final`: the key gets this response for ever. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }

  get isFinal(): boolean {
    return [400, 404, 422].includes(this.status)
  }
}

const currencies = ['EUR', 'SEK', 'DKK', 'NOK', 'GBP', 'PLN', 'ISK', 'BHD']
const largestAmount = 99_999_999_999

const invalid = (): Refusal => new Refusal(400, 'invalid_request')

export const readObject = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid()
  return value as Readonly<Record<string, unknown>>
}

export const readText = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw invalid()
  return value
}

export const readMoney = ({ amount, currency }: Readonly<Record<string, unknown>>) => {
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount <= 0 || amount > largestAmount) throw invalid()
  if (typeof currency !== 'string' || !currencies.includes(currency)) throw invalid()
  return { amount, currency }
}

export const readReturnUrls = (value: unknown) => {
  const { success, failure, cancel } = readObject(value)
  return { success: readText(success), failure: readText(failure), cancel: readText(cancel) }
}

/** The IBAN of `to`, whose holder is required. */
export const readAccountHolder = (to: Readonly<Record<string, unknown>>): string => {
  readText(to.holder)
  const iban = readText(to.iban)
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) throw new Refusal(422, 'account_refused')
  return iban
}
