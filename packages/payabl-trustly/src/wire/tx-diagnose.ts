import { type Either, isLeft, left, right } from '@railswitch/core/provider'
import * as z from 'zod'
import {
  elementCode,
  elementId,
  elementOf,
  elementText,
  isBlank,
  numberedElements,
  queryResult,
} from './query-elements.ts'
import type { QueryResult } from './query-result.ts'
import { parseXml, type XmlFailure } from './xml.ts'

/** A query by transaction or order returns steps; a query by type returns bookings. */
export type DiagnosedTransaction = SteppedTransaction | ListedTransaction

/** A booking, in payabl's names: dates are `dd.mm.yyyy HH:MM:SS` in a time zone that payabl does not state, amounts are text. */
export interface ListedTransaction {
  form: 'listed'
  transaction_id: string
  amount: string | undefined
  currency: string | undefined
  order_id: string | undefined
  booking_date: string | undefined
  issue_date: string | undefined
  transaction_date: string | undefined
}

export interface SteppedTransaction {
  form: 'steps'
  transaction_id: string
  /** Oldest first. */
  steps: DiagnosedStep[]
}

/**
 * One step of a transaction. `error_code` is its result: `0`, `2000` or an error. It does not distinguish credited from not yet
 * credited. Dates: `dd.mm.yyyy HH:MM:SS`, in a time zone that payabl does not state.
 */
export interface DiagnosedStep {
  step: number
  error_code: string
  type: string | undefined
  amount: string | undefined
  currency: string | undefined
  order_id: string | undefined
  creation_date: string | undefined
  custom1: string | undefined
}

/** The result of tx_diagnose. An empty result does not prove that nothing happened. */
export interface Diagnosis extends QueryResult {
  readonly transactions: readonly DiagnosedTransaction[]
}

/** A response that cannot be read. `element` is an element name of the schema. */
export type DiagnoseFailure = XmlFailure | { readonly kind: 'diagnose'; readonly element: string }

/** Reads a response of tx_diagnose, with bookings or with steps. Steps without an error_code and blank transactions are left out. @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21) */
export const readDiagnosis = async (
  body: Uint8Array,
  maxBytes = 8_388_608,
): Promise<Either<DiagnoseFailure, Diagnosis>> => {
  const xml = await parseXml(body, maxBytes)
  if (isLeft(xml)) return xml
  const parsed = diagnosis.safeParse(xml.right)
  if (!parsed.success) return left({ kind: 'diagnose', element: elementOf(parsed.error) })
  const { process, transaction } = parsed.data.response
  const transactions: DiagnosedTransaction[] = []
  for (const element of transaction.filter((one) => !isBlank(one))) {
    const read = hasSteps(element) ? steppedTransaction.safeParse(element) : listedTransaction.safeParse(element)
    if (!read.success) return left({ kind: 'diagnose', element: elementOf(read.error) })
    transactions.push(read.data)
  }
  return right({ ...process, transactions })
}

const diagnosis = z.object({
  response: z.object({ process: queryResult, transaction: z.array(z.unknown()).default([]) }),
})

const hasSteps = (element: unknown): boolean =>
  typeof element === 'object' && element !== null && 'transaction_status' in element

const diagnosedStep = z.object({
  step: z.number(),
  error_code: elementCode,
  type: elementText,
  amount: elementText,
  currency: elementText,
  order_id: elementText,
  creation_date: elementText,
  custom1: elementText,
})

/** A repeated step is an array. It is kept, and the schema refuses it. */
const hasCode = (step: unknown): boolean => {
  if (typeof step !== 'object' || step === null || Array.isArray(step)) return true
  return 'error_code' in step && !isBlank(step.error_code)
}

const steppedTransaction = z
  .object({
    transaction_id: elementId,
    transaction_status: z.preprocess(
      (status) =>
        numberedElements(status, 'step')
          .filter(({ element }) => !isBlank(element) && hasCode(element))
          .map(({ number, element }) => (typeof element === 'object' ? { ...element, step: number } : element)),
      z.array(diagnosedStep),
    ),
  })
  .transform(({ transaction_id, transaction_status }) => ({
    form: 'steps' as const,
    transaction_id,
    steps: transaction_status,
  }))

const listedTransaction = z
  .object({
    transaction_id: elementId,
    amount: elementText,
    currency: elementText,
    order_id: elementText,
    booking_date: elementText,
    issue_date: elementText,
    transaction_date: elementText,
  })
  .transform((listed) => ({ form: 'listed' as const, ...listed }))
