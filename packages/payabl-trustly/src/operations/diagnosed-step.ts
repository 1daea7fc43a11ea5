import { type Money, readVendorMoney } from '@railswitch/core'
import { followUps } from '../interpret/reading.ts'
import type { DiagnosedTransaction } from '../wire/diagnose.ts'

export type DiagnosedStep = Extract<DiagnosedTransaction, { readonly form: 'steps' }>['steps'][number]

export const stepsOf = (transaction: DiagnosedTransaction): readonly DiagnosedStep[] =>
  transaction.form === 'steps' ? transaction.steps : []

/** The steps that speak of the deposit: a payment's steps are all its transactions, refunds and chargebacks too. */
export const depositSteps = (transaction: DiagnosedTransaction): readonly DiagnosedStep[] =>
  stepsOf(transaction).filter(({ type = '' }) => !followUps.has(type))

export const newestDepositStep = (transaction: DiagnosedTransaction): DiagnosedStep | undefined =>
  depositSteps(transaction).at(-1)

export const moneyOf = ({ amount, currency }: DiagnosedStep): Money | null => readVendorMoney(amount, currency)

/** The recorded answer calls a step `invoice`: where one word stands for all of them, the newest may be a refund. */
export const captureTypes: ReadonlySet<string> = new Set(['preauthorization', 'capture'])
