import { readFileSync } from 'node:fs'
import { type Step, scriptedClient } from '../__fixtures__/scripted-payabl.ts'
import type { ListedTransaction } from '../wire/tx-diagnose.ts'

const sample = readFileSync(
  new URL('../__fixtures__/samples/res-diagnose-type-authentic.xml', import.meta.url),
  'latin1',
)
const nothing = '<response><process><status>0</status></process></response>'
const listing = (id: string) => sample.replace('6905370', id)

const list = async (from: string, to: string, steps: readonly Step[]) => {
  const { client, sent } = scriptedClient(steps)
  const listed: ListedTransaction[] = []
  for await (const transaction of client.list('capture', { from, to })) listed.push(transaction)
  return { listed, asked: sent.map(({ fields }) => `${fields.type} ${fields.start_date}-${fields.end_date}`) }
}

test('a listing is read as payabl publishes it, stray space included (res-diagnose-type-authentic.xml)', async () => {
  const { listed } = await list('2012-02-01', '2012-02-13', [sample])
  expect(listed).toEqual([
    {
      form: 'listed',
      transaction_id: '6905370',
      amount: '1.23',
      currency: 'EUR',
      order_id: '1234-123456789-4321',
      booking_date: '10.02.2012 16:52:25',
      issue_date: '10.02.2012 16:19:10',
      transaction_date: undefined,
    },
  ])
})

test('a longer time is asked for month by month, in order', async () => {
  const { listed, asked } = await list('2025-12-30', '2026-03-01', [listing('1'), nothing, listing('3'), listing('4')])
  expect(asked).toEqual([
    'capture 30.12.2025-31.12.2025',
    'capture 01.01.2026-31.01.2026',
    'capture 01.02.2026-28.02.2026',
    'capture 01.03.2026-01.03.2026',
  ])
  expect(listed.map(({ transaction_id }) => transaction_id)).toEqual(['1', '3', '4'])
})

test('504 narrows: the part is halved, nothing is listed twice and nothing is left out (section 3.6)', async () => {
  const busy = { status: 504, body: '' }
  const { listed, asked } = await list('2026-01-01', '2026-01-04', [
    busy,
    busy,
    listing('1'),
    listing('2'),
    listing('3'),
  ])
  expect(asked).toEqual([
    'capture 01.01.2026-04.01.2026',
    'capture 01.01.2026-02.01.2026',
    'capture 01.01.2026-01.01.2026',
    'capture 02.01.2026-02.01.2026',
    'capture 03.01.2026-04.01.2026',
  ])
  expect(listed.map(({ transaction_id }) => transaction_id)).toEqual(['1', '2', '3'])
})

test('504 for one day, and any other failure, is thrown where it stands', async () => {
  await expect(list('2026-01-01', '2026-01-01', [{ status: 504, body: '' }])).rejects.toMatchObject({
    effect: 'refused',
    vendor: { code: '504' },
  })
  await expect(list('2026-01-01', '2026-02-01', [nothing, { lost: 'timeout' }])).rejects.toMatchObject({
    code: 'no_valid_response',
    retry: 'same_attempt',
  })
})

test('nothing is asked before somebody iterates, nor for months that nobody came to', async () => {
  const { client, sent } = scriptedClient([listing('1')])
  const listed = client.list('cft', { from: '2026-01-01', to: '2026-06-30' })
  expect(sent).toEqual([])
  for await (const { transaction_id } of listed) {
    expect(transaction_id).toBe('1')
    break
  }
  expect(sent).toHaveLength(1)
})

test.each([
  ['2026-02-30', '2026-03-01', ['from']],
  ['2026-01-01', '01.02.2026', ['to']],
  ['2026-02-01', '2026-01-01', ['to']],
])('the days %s to %s are refused', async (from, to, fields) => {
  const refused = await list(from, to, []).catch((error: unknown) => error)
  expect(refused).toMatchObject({
    code: 'invalid_input',
    issues: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))),
  })
})
