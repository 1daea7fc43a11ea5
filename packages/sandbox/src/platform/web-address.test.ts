import { request } from 'node:http'
import { keys } from '../__fixtures__/keys.ts'
import { startSandbox } from '../sandbox.ts'
import { createHostGuard } from './web-address.ts'

test.each(['localhost', 'localhost:4270', '127.0.0.1:4270', '127.8.8.8', '[::1]:4270', 'LOCALHOST:1'])(
  'on loopback, %s is ours',
  (header) => expect(createHostGuard('127.0.0.1', [])(header)).toBe(true),
)

test.each([
  undefined,
  '',
  'attacker.example',
  'attacker.example:4270',
  'localhost.attacker.example',
  '127.0.0.1.attacker.example',
  '192.168.0.7',
  '0.0.0.0:4270',
  'user@localhost',
  'localhost/path',
])('on loopback, %j is not', (header) => expect(createHostGuard('127.0.0.1', [])(header)).toBe(false))

test('where others may come, they come by address or by a name that was allowed', () => {
  const isOurs = createHostGuard('0.0.0.0', ['Sandbox'])
  expect(['192.168.0.7:4270', '[fe80::1]:4270', 'sandbox:4270', 'localhost'].map(isOurs)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isOurs('attacker.example')).toBe(false)
})

test('no page of the sandbox is served under a foreign name', async () => {
  const sandbox = await startSandbox({ trustly: { keys } })
  for (const path of ['/back-office', '/control', '/api/1', '/nowhere']) {
    const status = await new Promise((resolve) => {
      const asked = request(`${sandbox.url}${path}`, { headers: { Host: 'attacker.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.end()
    })
    expect(status).toBe(421)
  }
  await sandbox.close()
})
