import { InvalidArgumentError } from 'commander'

export const toPort = (text: string): number => {
  const port = toWhole(text)
  if (port > 65_535) throw new InvalidArgumentError('A port must be at most 65535.')
  return port
}

export const toWhole = (text: string): number => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(number)) throw new InvalidArgumentError('It must be a whole number.')
  return number
}

export const toCount = (text: string): number => {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return number
}

/** The number of an attempt. */
export const toAttempt = (text: string): number => {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 99.')
}

export const toWebAddress = (text: string): string => {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('It must be an http or https address.')
}
