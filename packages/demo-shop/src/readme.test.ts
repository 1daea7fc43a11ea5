import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox, walkCheckout } from '@railswitch/sandbox'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import type { Money, Outcome, Payments } from 'railswitch'

interface Example {
  readonly payments: Payments
  readonly redirectUrl: string
  readonly shipped: readonly { readonly reference: string; readonly amount: Money }[]
  readonly refundSome: () => Promise<Outcome>
}

const here = dirname(fileURLToPath(import.meta.url))
const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(here, '../../../README.md'), 'utf8')) ?? []

let sandbox: Sandbox
let example: Example | undefined
const server = createServer((request, response) => example?.payments.callbacks.node(request, response))
const folder = mkdtempSync(join(here, '.readme-'))

beforeAll(async () => {
  sandbox = await startSandbox({ trustly: { keys } })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  server.close()
  await sandbox.close()
})

test('the example in README takes a deposit and refunds part of it', async () => {
  const { merchant, publicKey, url } = sandbox.trustly
  Object.assign(process.env, {
    RAILSWITCH_RAILS: 'trustly',
    RAILSWITCH_ACTIVE: 'trustly',
    RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    RAILSWITCH_CALLBACK_SECRETS: 'a-secret-of-at-least-32-characters',
    RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
    RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
    RAILSWITCH_TRUSTLY_URL: url,
    RAILSWITCH_TRUSTLY_PUBLIC_KEY: publicKey,
    RAILSWITCH_TRUSTLY_USERNAME: merchant.username,
    RAILSWITCH_TRUSTLY_PASSWORD: merchant.password,
    RAILSWITCH_TRUSTLY_PRIVATE_KEY: merchant.privateKey,
  })
  const file = join(folder, 'example.ts')
  writeFileSync(file, code)
  const loaded: Example = await import(file)
  example = loaded
  await walkCheckout(loaded.redirectUrl)
  await sandbox.trustly.idle()
  expect(loaded.shipped).toEqual([{ reference: 'order-1001', amount: { value: '249.90', currency: 'SEK' } }])
  expect((await loaded.refundSome()).status).toBe('accepted')
  expect(sandbox.trustly.books().orders[0]?.refunds).toEqual([{ amount: '100.00', state: 'executed' }])
})
