import { readFileSync, writeFileSync } from 'node:fs'
import { isLeft, left, type Transport } from '@railswitch/core/provider'
import { answerOf, play } from './__fixtures__/answering-trustly.ts'
import { examples, signerExample } from './__fixtures__/documentation-examples.ts'
import { generated } from './__fixtures__/documentation-tables.ts'
import { createTrustlyDirect } from './provider.ts'
import { verify } from './wire/signature.ts'

const page = new URL('../../../docs/providers/trustly-direct.md', import.meta.url)

const blocks = /<!-- generated: ([a-z ]+) -->\n[\s\S]*?\n<!-- end -->/g
const rendered = (text: string): string =>
  text.replace(blocks, (_block, name: string) => `<!-- generated: ${name} -->\n\n${generated[name]}\n\n<!-- end -->`)

/** The formatter aligns the columns. */
const unaligned = (text: string): string => text.replace(/ +\|/g, ' |').replace(/\| +/g, '| ').replace(/-{3,}/g, '---')

test('the tables of docs/providers/trustly-direct.md are those of the code (WRITE_DOCS=1 writes them)', () => {
  const text = readFileSync(page, 'utf8')
  if (process.env.WRITE_DOCS === '1') writeFileSync(page, rendered(text))
  expect([...text.matchAll(blocks)].map(([, name]) => name).sort()).toEqual(Object.keys(generated).sort())
  expect(unaligned(readFileSync(page, 'utf8'))).toBe(unaligned(rendered(text)))
})

test('the examples of the documentation run', async () => {
  const { client, deliver } = play((request) =>
    answerOf(request.method === 'Charge' ? 'java-response-charge' : 'java-response-accountledger'),
  )
  const run = await examples(
    client,
    '258a2184-2842-b485-25ca-293525152425',
    deliver('docs-notification-mdd-directcredit-cancel'),
  )
  expect(run).toMatchObject({ result: '1', orderid: '1234512345', rejected: null })
  expect(run.data).toMatchObject({ orderid: '87654567' })
  expect(run.reply).toMatchObject({ right: { status: 200 } })
  expect(run.fees).toHaveLength(30)
  expect(new Set(run.fees)).toEqual(new Set(['-3.01']))
})

test('the example of a signer signs a request with the key of its KMS', async () => {
  const requests: string[] = []
  const transport: Transport =
    ({ body }) =>
    async () => {
      requests.push(new TextDecoder().decode(body))
      return left({ sent: true, reason: 'timeout' })
    }
  const { trustly, publicKey } = signerExample({ username: 'shop', password: 'secret' })
  const rail = createTrustlyDirect({ ...trustly, replayAfterMs: [] }, { transport })
  if (isLeft(rail)) throw new Error(JSON.stringify(rail.left))
  await rail.right.native.balance({})()
  const { method, params } = JSON.parse(requests[0] ?? '')
  expect(method).toBe('Balance')
  const signed = { method, uuid: params.UUID, data: params.Data }
  expect(verify(signed, params.Signature, { keys: [publicKey] })).toEqual({ _tag: 'Right', right: 'rs256' })
})
