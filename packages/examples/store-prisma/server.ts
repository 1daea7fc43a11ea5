import { createServer } from 'node:http'
import { payments, readOrder, refundPart, startDeposit } from './shop.ts'

const port = Number(process.env.PORT ?? 3000)

const respond = (method: string, path: string): Promise<object> => {
  const [, reference = '', action] = /^\/orders\/([\w-]+)\/?(\w*)$/.exec(path) ?? []
  if (method === 'POST' && action === 'pay') return startDeposit(reference)
  if (method === 'POST' && action === 'refund') return refundPart(reference)
  return readOrder(reference)
}

createServer((request, response) => {
  const { method = 'GET', url = '/' } = request
  if (url.startsWith('/callbacks/')) return payments.callbacks.node(request, response) // it reads the body itself
  const send = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  respond(method, url).then(
    (body) => send(200, body),
    (error: Error) => send(400, { error: error.message }),
  )
})
  .on('error', (error) => {
    console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
    process.exit(1)
  })
  .listen(port, '127.0.0.1', () => console.log(`The shop runs at http://127.0.0.1:${port}`))
