/** The parts of the control API's answers that the commands use. */
export interface ControlPayment {
  readonly vendor: string
  readonly id: string
  readonly reference: string
  readonly state: string
  readonly amount: string
  readonly actions: readonly { readonly id: string; readonly label: string }[]
  readonly deliveries: readonly ControlCallback[]
}

export interface ControlCallback {
  readonly vendor: string
  readonly id: string
  readonly at: string
  readonly what: string
  readonly state: 'accepted' | 'not accepted' | 'on its way' | 'held'
  readonly payment?: { readonly reference: string }
  readonly attempts: readonly { readonly at: string; readonly outcome: string; readonly status?: string }[]
  readonly url: string
  readonly contentType: string
  readonly body: string
}

export interface ControlCall {
  readonly vendor: string
  readonly id: string
  readonly at: string
  readonly what: string
  readonly outcome: string
  readonly tone: 'good' | 'bad' | 'open'
  readonly hint?: string
  readonly payment?: { readonly reference: string }
}
