import { randomUUID, sign } from 'node:crypto'
import { compare } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import { capturingTransport } from '../vendors/capturing-transport.ts'
import { bytesToSign, depositData, isSignedByMerchant, merchant, trustlyProvider } from '../vendors/trustly.ts'

export const signDeposit: Figure = {
  id: 'P1',
  what: 'build and sign a Deposit, one at a time',
  beside: 'raw crypto.sign',
  hold: { least: 0.93 },
  reach: { least: 0.965 },
  measure: async ({ effort }) => {
    const { transport, sent } = capturingTransport()
    const { native } = trustlyProvider(transport)
    const ours = () => sent(() => void native.deposit(depositData, { uuid: randomUUID() })())
    checkRequest(await ours())
    const bytes = bytesToSign('Deposit', randomUUID(), depositData)
    const { speed, control, ...times } = await compare(ours, () => sign('sha1', bytes, merchant.privateKey), effort)
    return [{ of: '', value: speed, control, detail: milliseconds(times) }]
  },
}

const checkRequest = (body: Uint8Array): void => {
  const { method, params } = JSON.parse(Buffer.from(body).toString())
  if (!isSignedByMerchant(method, params.UUID, params.Data, params.Signature)) throw new Error('P1: a wrong signature')
}
