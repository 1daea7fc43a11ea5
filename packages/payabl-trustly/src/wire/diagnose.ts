import { type Either, isLeft, left, right } from '@railswitch/core'
import * as z from 'zod'
import {
  elementCode,
  elementId,
  elementOf,
  elementText,
  isBlank,
  numberedElements,
  type QueryResult,
  queryResult,
} from './query-result.ts'
import { parseXml, type XmlFailure } from './xml.ts'

/** A query by transaction or order gives steps; a query by type gives what was booked. */
export type DiagnosedTransaction = z.infer<typeof steppedTransaction> | ListedTransaction

/** What was booked, in payabl's names: dates are `dd.mm.yyyy HH:MM:SS` in an unstated zone, amounts text. */
export type ListedTransaction = z.infer<typeof listedTransaction>

/** What tx_diagnose found. Nothing found is no proof that nothing happened. */
export type Diagnosis = QueryResult & { readonly transactions: readonly DiagnosedTransaction[] }

/** An answer that cannot be read. `element` is an element name of ours. */
export type DiagnoseFailure = XmlFailure | { readonly kind: 'diagnose'; readonly element: string }

/** Reads the answer of tx_diagnose, list form and step form. Steps without an error_code say nothing and are left
 *  out, as are blank transactions. @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21) */
export const parseDiagnosis = async (
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

/** One step of a transaction, later ones newer. `error_code` is its result: `0`, `2000` or an error. Nothing in it
 *  tells credited from not yet credited. Dates: `dd.mm.yyyy HH:MM:SS`, zone unstated. */
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

/** A step that comes twice is an array: kept, for the schema to refuse. */
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
