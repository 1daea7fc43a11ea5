import type { Attempt, Letter } from '../delivery/delivery.ts'
import type { DeskDelivery } from './operator-view.ts'

type Told = { readonly id: string; readonly what: string; readonly letter: Letter | undefined }

/** What the back office shows of a letter to the merchant. */
export const toDelivery = ({ id, what, letter }: Told): DeskDelivery[] =>
  letter
    ? [
        {
          id,
          at: letter.written.toISOString(),
          what,
          attempts: letter.attempts.map(toAttempt),
          state: stateOf(letter),
          body: letter.body,
        },
      ]
    : []

const stateOf = ({ status, attempts, held }: Letter): DeskDelivery['state'] => {
  if (status !== null) return 'accepted'
  if (held) return 'held'
  return attempts.length > 0 ? 'not accepted' : 'on its way'
}

const toAttempt = ({ at, verdict, reply }: Attempt): DeskDelivery['attempts'][number] => ({
  at: at.toISOString(),
  verdict: verdict.accepted ? 'accepted' : verdict.reason,
  status: verdict.accepted && verdict.status !== 'accepted' ? verdict.status : undefined,
  reply: reply && { status: reply.status, body: new TextDecoder().decode(reply.body) },
})
