import { sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { merchantPair } from '@railswitch/sandbox/fixtures/keys'
import { runHere } from './__fixtures__/run-here.ts'

const page = readFileSync(new URL('../../../docs/signatures.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```console\n\$ npx railswitch (.*)\n([\s\S]*?)```/g)].map(
  ([, line = '', output = '']) => ({ line, output }),
)

const fixture = (name: string): string => readFileSync(new URL(`__fixtures__/${name}`, import.meta.url), 'utf8')

const { privateKey, publicKey } = merchantPair
const signed = sign('sha256', Buffer.from('DeposituAmount100.00'), privateKey).toString('base64')
const files: { readonly [name: string]: string } = {
  'data.json': '{"Currency":"SEK","Amount":100.00,"Attributes":{"Null":null,"Firstname":"\\u00c5sa"}}',
  'notification.json': JSON.parse(fixture('trustly/python-real-notification1.json')).raw,
  'public.pem': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'request.json': JSON.stringify({
    method: 'Deposit',
    params: { Signature: signed, UUID: 'u', Data: { Amount: '100.00', Attributes: null } },
  }),
  'secret.txt': 'b185\n',
  'body.txt': fixture('payabl/req-resend-notification-authentic.txt'),
  'callback.txt': fixture('payabl/notification-trustly-credited.txt'),
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = async (line: string): Promise<string> => {
  const [command = '', input = ''] = line.split(' < ')
  const words = command.split(' ').map((word) => (word in files ? join(folder, word) : word))
  const { out, err } = await runHere(words, { input: files[input] ?? '' })
  return out + err
}

test('docs/signatures.md has examples of every command', () => {
  expect(examples.map(({ line }) => line.split(' ', 2).join(' '))).toEqual([
    'trustly plaintext',
    'trustly verify',
    'trustly verify',
    'payabl sign',
    'payabl verify',
  ])
})

test.each(examples)('railswitch $line prints the output in docs/signatures.md', async ({ line, output }) =>
  expect((await run(line)).trimEnd()).toBe(output.trimEnd()),
)
