import type { PaymentImport, Payments } from 'railswitch'
import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { isPaymentError, NegativeResult, UsageError } from '../errors.ts'
import { readJson } from '../files.ts'
import { waitingText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ApplicationOptions {
  readonly by?: string
  readonly why?: string
  readonly json?: true
}

type Imported =
  | { readonly reference: string; readonly payment: string; readonly confirmed: boolean }
  | { readonly reference: string; readonly error: { readonly code: string; readonly message: string } }

export const importPayments = async (
  file: string,
  { json, by, why, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const inputs = await readImports(file)
  const note = { ...(by !== undefined && { by }), ...(why !== undefined && { why }) }
  let failed = 0
  await withApplication(options, terminal, async ({ payments, waiting }) => {
    for (const input of inputs) {
      const imported = await importOne(payments, { ...note, ...input } as PaymentImport)
      if ('error' in imported) failed += 1
      terminal.out(json ? `${JSON.stringify(imported)}\n` : textOf(imported))
    }
    if (!json) terminal.out(waitingText(waiting))
  })
  if (failed > 0) throw new NegativeResult()
}

const readImports = async (file: string): Promise<readonly object[]> => {
  const content = await readJson(file, 'the imports')
  const list: readonly unknown[] = Array.isArray(content) ? content : [content]
  if (list.length === 0 || !list.every((one) => typeof one === 'object' && one !== null))
    throw new UsageError(`${file} must contain an import or a list of imports.`)
  return list as readonly object[]
}

const importOne = async (payments: Payments, input: PaymentImport): Promise<Imported> => {
  const { deposit, refund, payout } = input as unknown as Record<string, { readonly reference?: unknown } | undefined>
  const reference = String((deposit ?? refund ?? payout)?.reference ?? '')
  try {
    return { reference, ...(await payments.importPayment(input)) }
  } catch (error) {
    if (!isPaymentError(error)) throw error
    return { reference, error: { code: error.code, message: error.message } }
  }
}

const textOf = (imported: Imported): string =>
  'error' in imported
    ? `${imported.reference || '(no reference)'}: not imported. ${imported.error.message}\n`
    : `${imported.reference}: imported as ${imported.payment}, ${imported.confirmed ? 'confirmed by the vendor' : 'not confirmed: the vendor does not show it'}\n`
