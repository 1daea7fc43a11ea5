import { sign, verify } from 'node:crypto'
import { isLeft } from '@railswitch/core/provider'
import { compare, type Work } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import {
  bytesToSign,
  creditNotification,
  isSignedByMerchant,
  merchant,
  trustlyProvider,
  vendor,
} from '../vendors/trustly.ts'

/** As many different notifications as it takes that no cache of an engine helps. */
const deliveries = () =>
  Array.from({ length: 64 }, (_, index) => ({
    body: creditNotification({
      orderId: `${3_000_000_000 + index}`,
      messageId: `order-${index}.1.0123456789abcdef`,
      notificationId: `${900_000_000 + index}`,
    }),
    contentType: 'application/json',
    headers: {},
  }))

const inTurn = <A>(values: readonly A[]): (() => A) => {
  let next = 0
  return () => values[next++ % values.length] as A
}

const verifierOfDeliveries = () => {
  const { verifyCallback } = trustlyProvider()
  const next = inTurn(deliveries())
  return () => {
    const callback = verifyCallback(next())
    if (isLeft(callback)) throw callback.left
    return callback.right
  }
}

/** What RSA alone costs: to verify the notification, and to sign the acknowledgement. */
const rawWork = () => {
  const raw = deliveries().map(({ body }) => {
    const { method, params } = JSON.parse(body.toString())
    return {
      received: bytesToSign(method, params.uuid, params.data),
      signature: Buffer.from(params.signature, 'base64'),
      reply: bytesToSign(method, params.uuid, { status: 'OK' }),
    }
  })
  const next = inTurn(raw)
  const verifyOnly: Work = () => {
    const { received, signature } = next()
    return verify('sha1', received, vendor.publicKey, signature)
  }
  const both: Work = () => {
    const { received, signature, reply } = next()
    return verify('sha1', received, vendor.publicKey, signature) && sign('sha1', reply, merchant.privateKey)
  }
  return { verifyOnly, both }
}

export const acknowledgedCallback: Figure = {
  id: 'P2',
  what: 'Trustly callback: verify, normalise, acknowledge',
  beside: 'raw verify and sign',
  hold: { least: 0.95 },
  reach: { least: 0.975 },
  measure: async ({ effort }) => {
    const verifyNext = verifierOfDeliveries()
    const ours = () => verifyNext().acknowledge('ok')
    checkAcknowledgement((await ours()).body)
    const { speed, control, ...times } = await compare(ours, rawWork().both, effort)
    return [{ of: '', value: speed, control, detail: milliseconds(times) }]
  },
}

const checkAcknowledgement = (body: string): void => {
  const { method, uuid, data, signature } = JSON.parse(body).result
  if (data.status !== 'OK' || !isSignedByMerchant(method, uuid, data, signature))
    throw new Error('P2: a wrong acknowledgement')
}

export const verifiedCallback: Figure = {
  id: 'P3',
  what: 'Trustly callback: verify and read strictly',
  beside: 'raw verify',
  hold: { least: 0.84 },
  reach: { least: 0.9 },
  measure: async ({ effort }) => {
    const verifyNext = verifierOfDeliveries()
    const ours = () => verifyNext().report
    const { money } = ours()
    if (money?.value !== '249.90' || money.currency !== 'SEK') throw new Error('P3: other money was read')
    const { speed, control, ...times } = await compare(ours, rawWork().verifyOnly, effort)
    return [{ of: '', value: speed, control, detail: milliseconds(times) }]
  },
}
