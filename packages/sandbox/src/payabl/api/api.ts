import type { HttpResponse } from '../../platform/http-server.ts'
import type { Action, ActionContext, Done } from '../methods/action.ts'
import { authorize, capture, reversal } from '../methods/card-actions.ts'
import { diagnose } from '../methods/diagnose.ts'
import { payout } from '../methods/payout.ts'
import { preauthorize } from '../methods/preauthorize.ts'
import { refund } from '../methods/refund.ts'
import { sendNotification } from '../methods/send-notification.ts'
import { explainSignature } from '../signing/explain-signature.ts'
import { signRequest } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import { type Form, isMultibyte, parseForm, textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'
import { createDuplicateGuard } from './duplicate-guard.ts'

/** How one request went: the answer and what the request log keeps of it. */
export type Handled = {
  readonly answer: HttpResponse
  readonly action: string
  readonly orderid: string | undefined
  readonly transactionid: string | undefined
  readonly status: number
  readonly hint: string | undefined
}

type Dependencies = Omit<ActionContext, 'account' | 'form'> & { readonly accounts: ReadonlyMap<string, Account> }

const actions: ReadonlyMap<string, Action> = new Map([
  ['payment_preauthorize', preauthorize],
  ['payment_refund', refund],
  ['payment_cft', payout],
  ['tx_diagnose', diagnose],
  ['send_notification', sendNotification],
  ['payment_authorize', authorize],
  ['payment_capture', capture],
  ['payment_partialcapture', capture],
  ['payment_reversal', reversal],
])

const movesMoney: readonly Action[] = [preauthorize, refund, payout]

/** The door of the gateway: one form in, one answer out. Checks the merchant, the signature and only then the
 *  fields; the vendor's own order is not published. */
export const createApi = (dependencies: Dependencies): ((name: string, body: Uint8Array) => Promise<Handled>) => {
  const guard = createDuplicateGuard(dependencies.now)
  return async (name, body) => {
    const form = parseForm(body, dependencies.assumptions.duplicateNames)
    const entry = {
      action: name,
      orderid: textOf(form, 'orderid'),
      transactionid: textOf(form, 'transactionid'),
    }
    const action = actions.get(name)
    if (!action) return { ...entry, answer: { status: 404 }, status: 404, hint: 'there is no such action' }
    const outcome = await run(action, form, { ...dependencies, guard })
    const { status, hint } = outcome
    return {
      ...entry,
      status,
      hint,
      answer: 'answer' in outcome ? outcome.answer : action.refuse(status, dependencies),
    }
  }
}

type Guarded = Dependencies & { readonly guard: ReturnType<typeof createDuplicateGuard> }

const run = async (action: Action, form: Form, { guard, ...dependencies }: Guarded): Promise<Done | Refusal> => {
  const account = authenticate(form, dependencies)
  if ('status' in account) return account
  const signature = form.values.get('signature') ?? ''
  if (dependencies.assumptions.duplicateGuard !== 'none' && guard.knows(signature))
    return { status: dependencies.assumptions.duplicateGuard, hint: 'the same request came within a minute' }
  const outcome = await action.run({ ...dependencies, account, form })
  if (movesMoney.includes(action) && 'answer' in outcome) guard.note(signature)
  const leaks = [...form.values.values()].includes(account.secret)
  return leaks ? { ...outcome, hint: 'the secret itself was sent' } : outcome
}

const authenticate = (form: Form, { accounts, assumptions }: Dependencies): Account | Refusal => {
  const merchantId = textOf(form, 'merchantid')
  if (merchantId === undefined) return { status: -999, hint: 'merchantid is missing, or the body is no form' }
  const account = accounts.get(merchantId)
  if (!account) return { status: -999, hint: 'there is no such merchantid' }
  if (form.values.get('signature') !== signRequest(form.values, account.secret)) {
    return { status: assumptions.badSignatureStatus, hint: explainSignature(form, account.secret) }
  }
  if (assumptions.latin1Only && [...form.values.values()].some(isMultibyte)) {
    return { status: -6000, hint: 'multibyte UTF-8: requests are ISO-8859-1' }
  }
  return account
}
