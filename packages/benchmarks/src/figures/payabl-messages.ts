import { isLeft } from '@railswitch/core/provider'
import { compare } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import { capturingTransport } from '../vendors/capturing-transport.ts'
import {
  captureNotification,
  notificationSecurity,
  payablProvider,
  preauthorizeParameters,
  requestSignature,
} from '../vendors/payabl.ts'

export const payablMessages: Figure = {
  id: 'P7',
  what: 'payabl: sign and encode 26 parameters; verify and normalise a callback',
  beside: 'sort, join, createHash, URLSearchParams',
  hold: { least: 1 },
  reach: { least: 2 },
  measure: async ({ effort }) => {
    const { transport, sent } = capturingTransport()
    const { native, verifyCallback } = payablProvider(transport)
    const request = () => sent(() => void native.preauthorize(preauthorizeParameters)())
    const plainRequest = () => {
      const parameters = { merchantid: 'gateway_test', ...preauthorizeParameters }
      const signature = requestSignature(parameters)
      return next(Buffer.from(new URLSearchParams({ ...parameters, signature }).toString()))
    }
    checkRequest(await request())
    const body = captureNotification('8100001')
    const callback = () => {
      const verified = verifyCallback({ body, contentType: 'application/x-www-form-urlencoded', headers: {} })
      if (isLeft(verified)) throw verified.left
      return verified.right.report
    }
    if (callback().money?.value !== '249.90') throw new Error('P7: other money was read')
    const plainCallback = () => {
      const fields = Object.fromEntries(new URLSearchParams(body.toString()))
      if (notificationSecurity(fields) !== fields['security']) throw new Error('P7: the limit is wrong')
      return fields
    }
    const requests = await compare(request, plainRequest, effort)
    const callbacks = await compare(callback, plainCallback, effort)
    return [
      { of: 'request', value: requests.speed, control: requests.control, detail: milliseconds(requests) },
      { of: 'callback', value: callbacks.speed, control: callbacks.control, detail: milliseconds(callbacks) },
    ]
  },
}

/** Both requests take one turn of the event loop, as a request that is sent does. */
const next = (body: Uint8Array): Promise<Uint8Array> => new Promise((resolve) => setImmediate(resolve, body))

const checkRequest = (body: Uint8Array): void => {
  const text = Buffer.from(body).toString('latin1')
  const pairs = text.split('&').map((pair) => pair.split('='))
  const latin1 = (escaped = '') =>
    escaped.replaceAll('+', ' ').replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const { signature, ...parameters } = Object.fromEntries(pairs.map(([name = '', value]) => [name, latin1(value)]))
  if (pairs.length !== 26 || requestSignature(parameters) !== signature) throw new Error('P7: a wrong signature')
}
