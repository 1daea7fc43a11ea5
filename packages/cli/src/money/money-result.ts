import type { Outcome } from 'railswitch'
import type { Application } from '../application/open-application.ts'
import { isPaymentError, NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import type { Terminal } from '../terminal.ts'

/** The configuration of an application that is opened without the application's module. */
export const configOf = ({ config }: Application): NonNullable<Application['config']> => {
  if (config === null) throw new Error('The application has no configuration.')
  return config
}

/** Whether a call with this key is recorded. */
export const isRecorded = async ({ store }: Application, reference: string, attempt = 1): Promise<boolean> => {
  const record = await store().find(reference)
  return record?.intents.some(({ intent }) => intent.reference === reference && intent.attempt === attempt) ?? false
}

/** Runs a call that moves money. An error says whether anything was sent. */
export const withEffectInError = async <Result>(call: () => Promise<Result>): Promise<Result> => {
  try {
    return await call()
  } catch (error) {
    if (isPaymentError(error)) error.message = `${error.message} ${effects[error.effect]}`
    throw error
  }
}

const effects = {
  not_sent: 'Nothing was sent.',
  refused: 'The vendor refused it; no money moves.',
  may_have_happened: 'It may have been sent: run the same command again, which does not pay twice.',
} as const

const reasonOf = ({ error }: Extract<Outcome, { status: 'unknown' }>): string =>
  error === undefined ? '' : `  reason   ${error.message}\n${error.hint}\n`

interface SentMoney {
  readonly reference: string
  readonly outcome: Outcome & { readonly rail: string }
  readonly repeated: boolean
  readonly json: true | undefined
}

/** Prints the outcome of a call that sends money out. Throws if it is unknown. */
export const printOutcome = ({ reference, outcome, repeated, json }: SentMoney, terminal: Terminal): void => {
  const { status, payment, rail } = outcome
  const paint = painter(terminal)
  printResult(terminal, {
    json,
    result: { reference, ...outcome, rail, repeated },
    toText: () =>
      [
        `${reference} at ${rail}: ${paint(status === 'accepted' ? 'good' : 'bad', status)}${repeated ? ', recorded before: it was not sent again' : ''}\n`,
        `  payment  ${payment}\n`,
        outcome.status === 'unknown' ? reasonOf(outcome) : '',
      ].join(''),
  })
  if (status === 'unknown') throw new NegativeResult()
}
