import type { HttpResponse } from '../../platform/routes.ts'
import type { Action, ActionContext, ActionResponse } from '../methods/action.ts'
import { authorize, capture, reversal } from '../methods/card-actions.ts'
import { diagnose } from '../methods/diagnose.ts'
import { payout } from '../methods/payout.ts'
import { preauthorize } from '../methods/preauthorize.ts'
import { refund } from '../methods/refund.ts'
import { sendNotification } from '../methods/send-notification.ts'
import { findMistake } from '../signing/explain-signature.ts'
import { signRequest } from '../signing/signature.ts'
import type { Account } from '../state/merchant.ts'
import { type Form, isMultibyte, parseForm, textOf } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** The result of one request: the response, and the data of the request log. */
export interface Handled {
  readonly answer: HttpResponse
  readonly action: string
  readonly orderid: string | undefined
  readonly transactionid: string | undefined
  readonly status: number
  readonly hint: string | undefined
  readonly signed?: readonly string[]
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

/** The gateway's endpoint. It checks the merchant, the signature and then the fields, in this order. The vendor's own
 *  order is not published. */
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
      ...('signed' in outcome && { signed: outcome.signed }),
      answer: 'answer' in outcome ? outcome.answer : action.refuse(status, dependencies),
    }
  }
}

type Guarded = Dependencies & { readonly guard: ReturnType<typeof createDuplicateGuard> }

const run = async (
  action: Action,
  form: Form,
  { guard, ...dependencies }: Guarded,
): Promise<ActionResponse | Refusal> => {
  const account = authenticate(form, dependencies)
  if ('status' in account) return account
  const signature = form.values.get('signature') ?? ''
  if (dependencies.assumptions.duplicateGuard !== 'none' && guard.knows(signature))
    return { status: dependencies.assumptions.duplicateGuard, hint: 'the same request came within a minute' }
  const outcome = await action.run({ ...dependencies, account, form })
  if (movesMoney.includes(action) && 'answer' in outcome) guard.note(signature)
  const sendsSecret = [...form.values.values()].includes(account.secret)
  return sendsSecret ? { ...outcome, hint: 'the secret itself was sent' } : outcome
}

const authenticate = (form: Form, { accounts, assumptions }: Dependencies): Account | Refusal => {
  const merchantId = textOf(form, 'merchantid')
  if (merchantId === undefined) return { status: -999, hint: 'merchantid is missing, or the body is no form' }
  const account = accounts.get(merchantId)
  if (!account) return { status: -999, hint: 'there is no such merchantid' }
  if (form.values.get('signature') !== signRequest(form.values, account.secret)) {
    const { reason: hint, signed } = findMistake(form, account.secret)
    return { status: assumptions.badSignatureStatus, hint, ...(signed && { signed }) }
  }
  if (assumptions.latin1Only && [...form.values.values()].some(isMultibyte)) {
    return { status: -6000, hint: 'multibyte UTF-8: requests are ISO-8859-1' }
  }
  return account
}

const repetitionWindowMs = 60_000

/** Remembers executed requests for a minute. A signature covers the whole request, so an equal signature means an equal
 *  request. */
const createDuplicateGuard = (now: () => Date) => {
  const executed = new Map<string, number>()
  return {
    knows: (signature: string): boolean =>
      now().getTime() - (executed.get(signature) ?? -repetitionWindowMs) < repetitionWindowMs,
    note: (signature: string): void => {
      const time = now().getTime()
      for (const [earlier, at] of executed) {
        // The oldest come first.
        if (time - at < repetitionWindowMs) break
        executed.delete(earlier)
      }
      executed.delete(signature)
      executed.set(signature, time)
    },
  }
}
