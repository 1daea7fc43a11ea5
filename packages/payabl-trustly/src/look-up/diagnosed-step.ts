import { type Money, readVendorMoney } from '@railswitch/core/provider'
import { followUps } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/tx-diagnose.ts'

export type DiagnosedStep = Extract<DiagnosedTransaction, { readonly form: 'steps' }>['steps'][number]

export const stepsOf = (transaction: DiagnosedTransaction): readonly DiagnosedStep[] =>
  transaction.form === 'steps' ? transaction.steps : []

/** The steps of the deposit itself: a payment's steps include those of its refunds and chargebacks. */
export const depositSteps = (transaction: DiagnosedTransaction): readonly DiagnosedStep[] =>
  stepsOf(transaction).filter(({ type = '' }) => !followUps.has(type))

export const newestDepositStep = (transaction: DiagnosedTransaction): DiagnosedStep | undefined =>
  depositSteps(transaction).at(-1)

export const moneyOf = ({ amount, currency }: DiagnosedStep): Money | null => readVendorMoney(amount, currency)

/** The types of a deposit's own steps. A recorded response has the type `invoice` for every step; the newest can then be a refund. */
export const captureTypes: ReadonlySet<string> = new Set(['preauthorization', 'capture'])
