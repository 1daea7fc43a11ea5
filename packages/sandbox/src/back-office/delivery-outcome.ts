import type { AttemptView, DeliveryView, Tone } from '../operator/operator-view.ts'
import type { Html } from '../platform/html.ts'
import { badge } from './parts.ts'

const tones: Record<DeliveryView['state'], Tone> = {
  accepted: 'good',
  'not accepted': 'bad',
  'on its way': 'open',
  held: 'open',
}

/** The states in words. */
export const deliveryLabels: Record<DeliveryView['state'], string> = {
  accepted: 'accepted',
  'not accepted': 'failed',
  'on its way': 'on its way',
  held: 'held',
}

export const deliveryState = ({ state }: DeliveryView): Html => badge(deliveryLabels[state], tones[state])

/** The result of an attempt in words: `OK; HTTP 200, application/json`. */
export const outcomeOf = (attempt: AttemptView | undefined): string => {
  if (!attempt) return 'not sent yet'
  const { outcome, status, reply } = attempt
  const said = outcome === 'accepted' ? (status ?? 'acknowledged') : outcome
  if (!reply) return said
  const http = [`HTTP ${reply.status}`, reply.contentType?.split(';')[0] ?? 'no content type'].join(', ')
  return said.includes(`HTTP status ${reply.status}`) ? `${http}: not accepted` : `${said.replace(/;$/, '')}; ${http}`
}
