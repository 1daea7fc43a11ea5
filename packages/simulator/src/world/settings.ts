import type { SettingsChange } from '../seed/action.ts'
import type { Plan, Rail } from '../seed/plan.ts'

/** The configuration of a deployment. Old secrets stay until nothing that was made with them can arrive. */
export interface Settings {
  readonly version: number
  readonly active: Rail
  readonly rails: readonly Rail[]
  /** The newest first. */
  readonly callbackSecrets: readonly [string, ...string[]]
  readonly payablSecrets: readonly [string, ...string[]]
  readonly trustlyKey: 'merchant' | 'nextMerchant'
  /** False after a restored backup, until what it lacks was imported. */
  readonly reconciled: boolean
}

export const firstSettings = (plan: Plan, payablSecret: string): Settings => ({
  version: 1,
  active: plan.active,
  rails: ['trustly', 'payabl'],
  callbackSecrets: [callbackSecret(1)],
  payablSecrets: [payablSecret],
  trustlyKey: 'merchant',
  reconciled: true,
})

export const changedSettings = (before: Settings, change: SettingsChange): Settings => {
  const next = { ...before, version: before.version + 1 }
  switch (change) {
    case 'other active rail':
      return { ...next, active: before.active === 'trustly' ? 'payabl' : 'trustly', rails: ['trustly', 'payabl'] }
    case 'new callback secret':
      return { ...next, callbackSecrets: [callbackSecret(next.version), ...before.callbackSecrets] }
    case 'payabl secret announced':
      return { ...next, payablSecrets: [...before.payablSecrets, payablSecret(next.version)] }
    case 'payabl secret in use':
      return { ...next, payablSecrets: newestFirst(before.payablSecrets) }
    case 'new Trustly key':
      return { ...next, trustlyKey: 'nextMerchant' }
    case 'rail removed':
      return { ...next, rails: [before.active] }
    case 'rail returned':
      return { ...next, rails: ['trustly', 'payabl'] }
    case 'store restored':
      return { ...next, reconciled: false }
    case 'store reconciled':
      return { ...next, reconciled: true }
    default:
      return change satisfies never
  }
}

const callbackSecret = (version: number): string => `callback-secret-number-${version}-of-the-simulated-shop`

const payablSecret = (version: number): string => `payabl-secret-number-${version}`

/** The newest secret was announced last. */
const newestFirst = (secrets: Settings['payablSecrets']): Settings['payablSecrets'] => {
  const newest = secrets.at(-1) ?? secrets[0]
  return [newest, ...secrets.filter((secret) => secret !== newest)]
}
