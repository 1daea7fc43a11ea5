import type { DiagnosedTransaction } from '../wire/diagnose.ts'

type Steps = Extract<DiagnosedTransaction, { readonly form: 'steps' }>['steps']

/** The newest step that speaks of the deposit: a payment's steps are all its transactions, refunds and chargebacks too. */
export const newestDepositStep = (transaction: DiagnosedTransaction): Steps[number] | undefined =>
  transaction.form === 'steps' ? transaction.steps.findLast(({ type = '' }) => !followUps.has(type)) : undefined

const followUps: ReadonlySet<string> = new Set(['refund', 'chb', 'cft', 'retrieval_request'])
