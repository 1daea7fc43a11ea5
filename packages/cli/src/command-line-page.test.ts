import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { runHere, testTerminal } from './__fixtures__/run-here.ts'
import { orderOf, startTestShop, type TestShop } from './__fixtures__/test-shop.ts'
import { createProgram, withSubcommands } from './command-line.ts'

const page = new URL('../../../docs/command-line.md', import.meta.url)
const reference = new URL('../../../docs/command-reference.md', import.meta.url)
const isWriting = process.env.WRITE_DOCS === '1'
const block = /<!-- generated: help -->\n[\s\S]*?\n<!-- end -->/
const session = /```console\n\$ npx railswitch (.*)\n([\s\S]*?)```/g
const read = (from = page): string => readFileSync(from, 'utf8')

test('the help in docs/command-reference.md is that of the command (WRITE_DOCS=1 writes it)', async () => {
  const parts: string[] = []
  for (const command of withSubcommands(createProgram(testTerminal().terminal))) {
    const path: string[] = []
    for (let one: typeof command | null = command; one?.parent; one = one.parent) path.unshift(one.name())
    const { out } = await runHere([...path, '--help'])
    parts.push(`### railswitch${path.map((name) => ` ${name}`).join('')}\n\n\`\`\`text\n${out.trimEnd()}\n\`\`\``)
  }
  const text = read(reference).replace(block, () => `<!-- generated: help -->\n\n${parts.join('\n\n')}\n\n<!-- end -->`)
  if (isWriting) writeFileSync(reference, text)
  expect(read(reference)).toBe(text)
})

/** Without what differs in each run. */
const recorded = (output: string): string =>
  output
    .replace(/http:\/\/127\.0\.0\.1:(?!3000)\d+\S*/g, 'http://127.0.0.1:4270/…')
    .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '2026-01-31 12:00:00')
    .replace(/"at":"[^"]*"/g, '"at":"2026-01-31T12:00:00.000Z"')
    .replace(/^\d\d:\d\d:\d\d /gm, '12:00:00 ')
    .replace(/[0-9a-f]{64}/g, '3c45411e0532933c3c97215b375d238c08b6a06d40793999444f6459c917a935')
    .replace(/[0-9a-f]{16}…/g, '3c45411e0532933c…')
    .replace(/12:00:00\.\d+\+\d\d/g, '12:00:00.000000+01')
    .replace(/\b\d{10}\b/g, '9594811343')
    // The width of this column is that of Trustly's timestamp, whose fraction has one to six digits.
    .replace(/^(\w+ +)(\S.*?) +(yes|signed)$/gm, (_, name, value, signed) => `${name}${value.padEnd(31)}${signed}`)

describe('the sessions of docs/command-line.md are recorded from these commands', () => {
  let shop: TestShop
  const before = process.cwd()
  beforeAll(async () => {
    shop = await startTestShop('.railswitch')
    process.chdir(shop.folder)
    writeFileSync(
      '.env',
      Object.entries(shop.env)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
    mkdirSync('keys')
    writeFileSync(join('keys', 'private.pem'), merchantPair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await shop.running(
      async (payments) => {
        await payments.deposit(orderOf('order-2'))
      },
      { RAILSWITCH_ACTIVE: 'payabl' },
    )
    await shop.running(async (payments) => {
      await payments.deposit(orderOf('order-1'))
    })
  })
  afterAll(async () => {
    process.chdir(before)
    await shop.close()
  })

  const notification = readFileSync(
    new URL('__fixtures__/trustly/python-real-notification1.json', import.meta.url),
    'utf8',
  )
  /** The newest callback of the sandbox, as `railswitch listen --save` writes it. */
  const saveCallback = async (): Promise<void> => {
    const { url, token } = shop.sandbox.control
    const response = await fetch(`${url}/callbacks`, { headers: { authorization: `Bearer ${token}` } })
    const { callbacks } = await response.json()
    const { url: address, contentType, body } = callbacks[0]
    const headers = { 'content-type': contentType }
    const callback = {
      receivedAt: new Date().toISOString(),
      method: 'POST',
      path: new URL(address).pathname,
      headers,
      body,
    }
    mkdirSync('callbacks', { recursive: true })
    writeFileSync(join('callbacks', 'one.json'), JSON.stringify(callback))
  }

  const run = async (line: string): Promise<string> => {
    const [words = '', input] = line.split(' < ')
    const control = { SANDBOX_URL: shop.sandbox.control.url, SANDBOX_TOKEN: shop.sandbox.control.token }
    if (words.startsWith('callback')) await saveCallback()
    const ran = () =>
      runHere(words.split(' '), { env: control, ...(input !== undefined && { input: JSON.parse(notification).raw }) })
    // The shop runs while its customer pays.
    const { out, err } = words.startsWith('trigger') ? await shop.running(ran) : await ran()
    expect(out.split('\n').filter((one) => one.length > 80 && !one.startsWith('{'))).toEqual([])
    return recorded(out + err)
  }

  test.each([...read().matchAll(session)].map(([, line = '']) => line))('railswitch %s', async (line) => {
    const output = await run(line)
    if (isWriting)
      writeFileSync(
        page,
        read().replace(session, (all, one) =>
          one === line ? `\`\`\`console\n$ npx railswitch ${line}\n${output}\`\`\`` : all,
        ),
      )
    const [, , shown] = [...read().matchAll(session)].find(([, one]) => one === line) ?? []
    expect(output).toBe(shown)
  })
})
