import type { HttpResponse } from '../../platform/http-server.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { LifeCycle } from '../lifecycle/life-cycle.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Ledger } from '../state/ledger.ts'
import type { Account } from '../state/merchant.ts'
import type { Form } from '../wire/form.ts'
import type { Refusal } from '../wire/status-codes.ts'

/** What an action works with: a genuine request and the vendor's own things. */
export type ActionContext = {
  readonly account: Account
  readonly form: Form
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly notifier: Notifier
  readonly assumptions: PayablAssumptions
  /** Where hosted pages live, with the slash before the session. */
  readonly checkoutUrl: string
  readonly now: () => Date
}

export type Done = { readonly status: number; readonly answer: HttpResponse; readonly hint?: string }

type Outcome = Done | Refusal

/** One action of the API, run on a request that is genuine. */
export type Action<Run = Outcome | Promise<Outcome>> = {
  readonly run: (context: ActionContext) => Run
  /** How the action writes a status and nothing more. */
  readonly refuse: (status: number, context: Pick<ActionContext, 'assumptions' | 'ledger' | 'now'>) => HttpResponse
}

/** An action that begins a payment, and is done when it returns. */
export type BeginningAction = Action<Outcome>
