// Started by a figure as a process of its own: a Trustly that opens every Deposit.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signedResponse } from './trustly.ts'

const responses = new Map<string, Buffer>()
const data = { orderid: '2190971587', url: 'https://checkout.trustly.example/2190971587' }

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method, params } = JSON.parse(Buffer.concat(chunks).toString())
  const body = responses.get(params.UUID) ?? signedResponse(method, params.UUID, data)
  responses.set(params.UUID, body)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
