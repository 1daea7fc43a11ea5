import { randomUUID, sign } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { compare } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import { bytesToSign, depositData, isSignedByMerchant, merchant, trustlyProvider } from '../vendors/trustly.ts'

const inFlight = 64

export const signaturesInFlight: Figure = {
  id: 'P6',
  what: `${inFlight} Deposits built and signed at once, on two processors`,
  beside: 'raw crypto.sign, one after the other',
  hold: { least: 1.6 },
  reach: { least: 1.8 },
  lacks: () => (availableParallelism() < 2 ? 'two processors' : null),
  measure: async ({ effort }) => {
    let arrived: (body: Uint8Array) => void = () => {}
    const { native } = trustlyProvider(({ body }) => () => {
      arrived(body)
      return new Promise(() => {})
    })
    const ours = () =>
      new Promise<readonly Uint8Array[]>((resolve) => {
        const bodies: Uint8Array[] = []
        arrived = (body) => {
          if (bodies.push(body) === inFlight) resolve(bodies)
        }
        for (let index = 0; index < inFlight; index += 1) void native.deposit(depositData, { uuid: randomUUID() })()
      })
    for (const body of await ours()) {
      const { method, params } = JSON.parse(Buffer.from(body).toString())
      if (!isSignedByMerchant(method, params.UUID, params.Data, params.Signature))
        throw new Error('P6: a wrong signature')
    }
    const bytes = bytesToSign('Deposit', randomUUID(), depositData)
    const limit = () => {
      for (let index = 0; index < inFlight; index += 1) sign('sha1', bytes, merchant.privateKey)
    }
    const { speed, control, ...times } = await compare(ours, limit, effort)
    return [{ of: '', value: speed, control, detail: milliseconds(times) }]
  },
}
