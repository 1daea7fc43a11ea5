import type { KeyObject } from 'node:crypto'
import type { DeliveryOutcome, Reply } from '../../delivery/delivery.ts'
import { explainSignature } from '../signing/explain-signature.ts'
import type { Signatures } from '../signing/signature.ts'
import { type Call, readAcknowledgement, readJson, textOf } from '../wire/envelope.ts'

interface SentNotification {
  readonly method: string
  /** Of all attempts so far. */
  readonly uuids: readonly string[]
  readonly publicKey: KeyObject | undefined
  readonly anyStatus: boolean
  readonly verify: Signatures['verify']
}

/** A outcome. CONTINUE may have a limit, the largest amount that the customer may pay. */
export type CheckedReply = DeliveryOutcome & { readonly limit?: string | undefined }

/** Checks a reply: JSON, the notification's method and uuid, the merchant's signature, a status that the method allows,
 *  and HTTP 2xx unless `anyStatus` accepts a reply that is correct otherwise. The vendor's own clients send FAILED with
 *  HTTP 500: where such a reply is wrong, the reason is what is wrong with it, not its HTTP status.
 *  @see https://docs.trustly.com/api/notifications-overview */
export const checkReply = (sent: SentNotification, { status, body }: Reply): CheckedReply => {
  if (status >= 200 && status <= 299) return checkBody(sent, body)
  if (!sent.anyStatus) return refused(`HTTP status ${status}`)
  const outcome = checkBody(sent, body)
  return outcome.accepted || isAcknowledgement(body) ? outcome : refused(`HTTP status ${status}`)
}

const checkBody = ({ method, uuids, publicKey, verify }: SentNotification, body: Uint8Array): CheckedReply => {
  const node = readJson(body)
  if ('fault' in node) return refused(`not a signed JSON-RPC result: ${node.fault}`)
  const reply = readAcknowledgement(node)
  if ('fault' in reply) return refused(`not a signed JSON-RPC result: ${reply.fault}`)
  if (reply.method !== method) return refused('result.method is not the notification’s')
  if (!uuids.includes(reply.uuid)) return refused('result.uuid is not the notification’s')
  if (!publicKey) return refused('the merchant has no public key')
  if (!verify(reply, reply.signature, publicKey)) {
    return refused(`the signature does not verify: ${explain(reply, publicKey, verify)}`)
  }
  const answer = textOf(reply.data.members.get('status')) ?? ''
  return legalStatuses(method).includes(answer)
    ? { accepted: true, status: answer, limit: textOf(reply.data.members.get('limit')) }
    : refused(`the status is not ${legalStatuses(method).join(' or ')}`)
}

const isAcknowledgement = (body: Uint8Array): boolean => {
  const node = readJson(body)
  return !('fault' in node) && !('fault' in readAcknowledgement(node))
}

/** The vendor's JavaScript client adds the message of a FAILED after signing. */
const explain = (reply: Call, publicKey: KeyObject, verify: Signatures['verify']): string => {
  const members = new Map(reply.data.members)
  const hadMessage = members.delete('message')
  const signed = { ...reply, data: { ...reply.data, members } }
  return hadMessage && verify(signed, reply.signature, publicKey)
    ? 'message was added after signing'
    : explainSignature(reply, reply.signature, publicKey)
}

/** "Process once; repeat the same status": another status for a duplicate does not count. */
export const sameStatus = (outcome: CheckedReply, earlier: string | null): CheckedReply =>
  !outcome.accepted || earlier === null || earlier === outcome.status
    ? outcome
    : refused(`the status was ${earlier} before and is ${outcome.status} now`)

const legalStatuses = (method: string): readonly string[] => {
  if (method === 'debit') return ['OK', 'FAILED']
  return method === 'kyc' ? ['CONTINUE', 'FINISH', 'OK'] : ['OK']
}

const refused = (reason: string): DeliveryOutcome => ({ accepted: false, reason })
