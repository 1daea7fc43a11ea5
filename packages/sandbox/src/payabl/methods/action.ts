import type { HttpResponse } from '../../platform/routes.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { LifeCycle } from '../lifecycle/life-cycle.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Account } from '../state/merchant.ts'
import type { Form } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** An authenticated request, and the parts of the vendor that actions use. */
export interface ActionContext {
  readonly account: Account
  readonly form: Form
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly notifier: Notifier
  readonly assumptions: PayablAssumptions
  /** The address of the checkout pages, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}

export interface ActionResponse {
  readonly status: number
  readonly answer: HttpResponse
  readonly hint?: string
}

type Outcome = ActionResponse | Refusal

/** One action of the API. It runs on authenticated requests. */
export type Action<Run = Outcome | Promise<Outcome>> = {
  readonly run: (context: ActionContext) => Run
  /** Writes a response with a status only. */
  readonly refuse: (status: number, context: Pick<ActionContext, 'assumptions' | 'ledger' | 'now'>) => HttpResponse
}

/** An action that starts a payment synchronously. */
export type BeginningAction = Action<Outcome>
