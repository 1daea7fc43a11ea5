import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import type { Running } from '../__fixtures__/run-command.ts'
import { runHere } from '../__fixtures__/run-here.ts'
import { startHere } from '../__fixtures__/start-here.ts'
import { orderOf, startTestShop, type TestShop } from '../__fixtures__/test-shop.ts'

let shop: TestShop
let folder = ''
const opened: Server[] = []
beforeAll(async () => {
  shop = await startTestShop()
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
})
afterEach(() => {
  for (const server of opened.splice(0)) server.close()
})
afterAll(async () => {
  await shop.close()
  rmSync(folder, { recursive: true })
})

const serve = async (handle: RequestListener): Promise<string> => {
  const server = createServer(handle)
  opened.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const linesOf = (command: Running) =>
  command
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Starts the command on a free port. */
const startListening = async (forwardTo: string, ...words: string[]) => {
  const command = startHere(['listen', '--forward-to', forwardTo, '--port', '0', '--json', ...words], shop.env)
  const { listening } = JSON.parse(await command.firstLine())
  return { command, listening: listening as string }
}

const signedBody = (): string =>
  JSON.parse(readFileSync(new URL('../__fixtures__/trustly/python-real-notification1.json', import.meta.url), 'utf8'))
    .raw

const post = (address: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body as string })

test.each(['trustly', 'payabl'])(
  'a deposit at %s is credited through it, and the vendor accepts the reply',
  async (rail) => {
    const { command, listening } = await startListening(shop.env.RAILSWITCH_CALLBACK_URL)
    const reference = `listen-${rail}`
    await shop.running(
      async (payments, handled) => {
        await payments.deposit(orderOf(reference))
        const env = { SANDBOX_URL: shop.sandbox.control.url, SANDBOX_TOKEN: shop.sandbox.control.token }
        expect(await runHere(['trigger', 'credit', reference], { env })).toMatchObject({
          code: 0,
          out: expect.stringMatching(/callback [^\n]+ {2}accepted/),
        })
        expect(handled).toContain(`deposit.credited ${reference}`)
      },
      { RAILSWITCH_ACTIVE: rail, RAILSWITCH_CALLBACK_URL: `${listening}/hooks` },
    )
    await command.end('SIGINT')
    expect(linesOf(command).at(-1)).toEqual({
      at: expect.stringMatching(/Z$/),
      rail,
      method: rail === 'trustly' ? 'credit' : 'capture',
      vendorId: expect.stringMatching(/^\d+$/),
      reference,
      verified: true,
      reason: null,
      status: 200,
      failure: null,
      file: null,
    })
    expect(command.out()).not.toMatch(/hooks|eyJ/)
  },
)

test('the bytes go both ways unchanged, also those that are no text, with status and headers', async () => {
  const received: { url?: string | undefined; type?: string | undefined; signature?: unknown; body: Buffer }[] = []
  const reply = Buffer.from([0x1f, 0x8b, 0, 255, 10])
  const to = await serve((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { url, headers } = request
      received.push({
        url,
        type: headers['content-type'],
        signature: headers['x-signature'],
        body: Buffer.concat(chunks),
      })
      response.writeHead(418, { 'content-type': 'x/y', 'content-encoding': 'br', 'x-signature': 'theirs' }).end(reply)
    })
  })
  const { command, listening } = await startListening(`${to}/shop/callbacks/`)
  const { port, hostname } = new URL(listening)
  const body = Buffer.from([0, 255, 128, 13, 10, 65])
  const { request } = await import('node:http')
  const sent = request({
    hostname,
    port,
    path: '/any/where/trustly/a-token?query=1',
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-signature': 'ours' },
  })
  sent.end(body)
  const [response] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  expect(received).toEqual([
    { url: '/shop/callbacks/trustly/a-token', type: 'application/octet-stream', signature: 'ours', body },
  ])
  expect([response.statusCode, response.headers['content-encoding'], response.headers['x-signature']]).toEqual([
    418,
    'br',
    'theirs',
  ])
  expect(Buffer.concat(chunks)).toEqual(reply)
  await command.end('SIGINT')
  expect(linesOf(command).at(-1)).toMatchObject({ verified: false, method: null, status: 418 })
  expect(command.out()).not.toContain('a-token')
})

test('a callback that does not verify is forwarded, and says why; nothing of it is printed', async () => {
  const to = await serve((_request, response) => response.writeHead(400).end())
  const { command, listening } = await startListening(to)
  expect((await post(`${listening}/trustly/a-token`, signedBody())).status).toBe(400)
  await command.end('SIGINT')
  expect(linesOf(command).at(-1)).toMatchObject({
    rail: 'trustly',
    verified: false,
    reason: expect.stringMatching(/signature does not verify/),
    method: null,
    reference: null,
    status: 400,
  })
})

test('an application that does not respond: the vendor gets 502, and delivers again', async () => {
  const { command, listening } = await startListening('http://127.0.0.1:1/callbacks')
  const response = await post(`${listening}/trustly/a-token`, signedBody())
  expect([response.status, await response.text()]).toEqual([502, ''])
  const cut = await serve((request) => request.socket.destroy())
  const other = await startListening(cut)
  expect((await post(`${other.listening}/trustly/a-token`, signedBody())).status).toBe(502)
  await Promise.all([command.end('SIGINT'), other.command.end('SIGINT')])
  expect(linesOf(command).at(-1)).toMatchObject({ status: 502, failure: expect.stringMatching(/ECONNREFUSED/) })
  expect(linesOf(other.command).at(-1)).toMatchObject({ status: 502, failure: 'ECONNRESET' })
})

test('a redirect of the application is not followed', async () => {
  const to = await serve((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
  const { command, listening } = await startListening(to)
  const response = await fetch(`${listening}/trustly/x`, { method: 'POST', body: 'x', redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/'])
  await command.end('SIGINT')
})

test('what is no callback of a configured rail is not forwarded', async () => {
  const to = await serve(() => {
    throw new Error('forwarded')
  })
  const { command, listening } = await startListening(to)
  expect((await post(`${listening}/callbacks/other/secret-token`, 'x')).status).toBe(404)
  expect((await fetch(`${listening}/callbacks/trustly/secret-token`)).status).toBe(405)
  expect((await post(`${listening}/trustly/secret-token`, Buffer.alloc(70_000))).status).toBe(413)
  await command.end('SIGINT')
  expect(linesOf(command)[1]).toMatchObject({
    rail: null,
    status: 404,
    reason: expect.stringMatching(/configured rail/),
  })
  expect(command.out()).not.toContain('secret-token')
})

test('--save writes each callback to a file that only this user can read', async () => {
  const to = await serve((_request, response) => response.end('OK'))
  const saved = join(folder, 'saved')
  const { command, listening } = await startListening(to, '--save', saved)
  await post(`${listening}/trustly/a-token`, signedBody(), { 'x-more': '1' })
  await post(`${listening}/payabl`, Buffer.from([0xe4, 0x3d, 0x31]))
  await command.end('SIGINT')
  const files = readdirSync(saved)
    .map((file) => join(saved, file))
    .sort((a, b) => (a.includes('trustly') ? -1 : b.includes('trustly') ? 1 : 0))
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  expect(statSync(saved).mode & 0o777).toBe(0o700)
  const [trustly, payabl] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')))
  expect(trustly).toEqual({
    receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    method: 'POST',
    path: '/trustly/a-token',
    headers: expect.objectContaining({ 'content-type': 'application/json', 'x-more': '1' }),
    body: signedBody(),
  })
  expect(trustly.headers).not.toHaveProperty('host')
  expect(payabl).toMatchObject({ path: '/payabl', bodyBase64: '5D0x' })
  expect(linesOf(command)[1].file).toBe(files[0])
})

test('text: one line for each callback, and why it was not forwarded', async () => {
  const command = startHere(['listen', '--forward-to', 'http://127.0.0.1:1/callbacks', '--port', '0'], shop.env)
  const listening = await command.saw(/http:\/\/127\.0\.0\.1:\d+(?= are forwarded)/)
  await post(`${listening}/trustly/a-token`, signedBody())
  await command.end('SIGINT')
  expect(command.out()).toMatch(
    /^Callbacks that reach \S+ are forwarded to http:\/\/127\.0\.0\.1:1\/callbacks\.\nRails: trustly, payabl\. Press Ctrl\+C to stop\.\n\d\d:\d\d:\d\d trustly {23}not verified HTTP 502\n {9}The notification is refused: .*\n {9}Not forwarded: nothing listens there \(ECONNREFUSED\)\. The vendor delivers again\.\n$/,
  )
})

test.each([
  ['no target', [], 2, /--forward-to/],
  ['a target that is no address', ['--forward-to', 'shop'], 2, /http/],
  ['a target with a password', ['--forward-to', 'http://user:marked@127.0.0.1:3000/'], 2, /password/],
  ['its own port', ['--forward-to', 'http://localhost:4271/callbacks'], 2, /another one with --port/],
  ['a port that is none', ['--forward-to', 'http://127.0.0.1:3000', '--port', '70000'], 2, /65535/],
])('%s', async (_, words, code, says) => {
  const ran = await runHere(['listen', ...words], { env: shop.env })
  expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) })
  expect(ran.err).not.toContain('marked')
})

test('a busy port, and no configuration', async () => {
  const busy = new URL(await serve(() => {})).port
  const words = ['listen', '--forward-to', 'http://127.0.0.1:3000/callbacks', '--port', busy]
  expect(await runHere(words, { env: shop.env })).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/port \d+ is in use \(EADDRINUSE\)\..*--port/),
  })
  expect(await runHere(words)).toMatchObject({ code: 2, err: expect.stringMatching(/no configuration/) })
})

const inTerminal = hasScript ? test : test.skip
inTerminal('in a terminal, Ctrl+C ends it (needs Debian’s script)', async () => {
  const to = await serve((_request, response) => response.end('OK'))
  const { shown, code } = await runInTerminal(['listen', '--forward-to', to, '--port', '0'], {
    env: shop.env,
    keys: [{ after: /Press Ctrl\+C/, press: '\u0003' }],
  })
  expect(code).toBe(0)
  expect(shown).toMatch(/Rails: trustly, payabl/)
})
