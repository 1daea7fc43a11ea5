import { fork } from 'node:child_process'
import { randomUUID, sign, verify } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isLeft } from '@railswitch/core/provider'
import { compare, type Work } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import {
  bytesToSign,
  depositData,
  merchant,
  merchantPem,
  trustlyProvider,
  vendor,
  vendorPrivatePem,
} from '../vendors/trustly.ts'

const uuids = Array.from({ length: 64 }, () => randomUUID())

export const callsOverLoopback: Figure = {
  id: 'P8',
  what: 'whole call over keep-alive connections',
  beside: 'raw node:http, sign and verify',
  hold: { least: 0.85 },
  reach: { least: 1 },
  measure: async ({ effort }) => {
    const server = await startVendor()
    try {
      const { native } = trustlyProvider(undefined, server.url)
      const ours = async (uuid: string) => {
        const response = await native.deposit(depositData, { uuid })()
        if (isLeft(response)) throw response.left
        return response.right.orderid
      }
      const agent = new Agent({ keepAlive: true })
      const limit = (uuid: string) => rawCall(server.url, agent, uuid)
      if ((await ours(uuids[0] ?? '')) !== (await limit(uuids[0] ?? ''))) throw new Error('P8: other responses')
      const measured = []
      for (const inFlight of [1, 16, 64]) {
        const each =
          (call: (uuid: string) => Promise<unknown>): Work =>
          () =>
            Promise.all(uuids.slice(0, inFlight).map(call))
        const { speed, control, ...times } = await compare(each(ours), each(limit), effort)
        const reach = inFlight === 64 ? { reach: { least: 1.2 } } : {}
        measured.push({ of: `${inFlight} in flight`, value: speed, control, detail: milliseconds(times), ...reach })
      }
      agent.destroy()
      return measured
    } finally {
      server.stop()
    }
  },
}

/** A server in a process of its own. It signs its response to a UUID once, so that it costs both sides next to nothing. */
const startVendor = async () => {
  const child = fork(fileURLToPath(new URL('../vendors/trustly-server.js', import.meta.url)), {
    env: { ...process.env, BENCH_KEYS: JSON.stringify({ merchant: merchantPem, vendor: vendorPrivatePem }) },
  })
  const [port] = await once(child, 'message')
  return { url: `http://127.0.0.1:${port}/api/1`, stop: () => child.kill() }
}

const rawCall = (url: string, agent: Agent, uuid: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const data = { ...depositData, Username: 'shop', Password: 'a-password' }
    const signature = sign('sha1', bytesToSign('Deposit', uuid, data), merchant.privateKey).toString('base64')
    const params = { Signature: signature, UUID: uuid, Data: data }
    const body = Buffer.from(JSON.stringify({ method: 'Deposit', params, version: '1.1' }))
    const sending = request(url, { method: 'POST', agent, headers: { 'content-length': body.length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const { result } = JSON.parse(Buffer.concat(chunks).toString())
        const received = bytesToSign(result.method, result.uuid, result.data)
        if (verify('sha1', received, vendor.publicKey, Buffer.from(result.signature, 'base64')))
          resolve(result.data.orderid)
        else reject(new Error('P8: a wrong response'))
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
