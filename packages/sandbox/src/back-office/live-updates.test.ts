import { keys } from '../__fixtures__/keys.ts'
import { placeDeposit } from '../__fixtures__/trustly/shop.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ trustly: { keys, redeliverAfterMs: [] } })
})

afterEach(() => sandbox.close())

interface Part {
  readonly id: string
  readonly markup: string
}

/** The events of a page, each as its parts. */
async function* eventsOf(path: string, signal: AbortSignal): AsyncGenerator<readonly Part[], undefined> {
  const response = await fetch(`${sandbox.url}/back-office/live?of=${encodeURIComponent(path)}`, { signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) yield JSON.parse(event.slice('data: '.length))
  }
  return undefined
}

test('a page gets all its parts at first, and later only those that changed', async () => {
  const closing = new AbortController()
  const events = eventsOf('/back-office?q=pushed', closing.signal)
  const first = await events.next()
  expect(first.value?.map(({ id }) => id)).toEqual(['clock', 'hold', 'payments'])
  await placeDeposit(sandbox, { MessageID: 'pushed' })
  const second = await events.next()
  const payments = second.value?.find(({ id }) => id === 'payments')
  expect(payments?.markup).toContain('>pushed<')
  expect(second.value?.some(({ id }) => id === 'hold')).toBe(false)
  closing.abort()
  await expect(events.next()).rejects.toThrow('aborted')
})

test('closing the sandbox ends the events', async () => {
  const events = eventsOf('/back-office/calls', new AbortController().signal)
  await events.next()
  await sandbox.close()
  await expect(events.next()).rejects.toThrow()
  sandbox = await startSandbox({ trustly: { keys } })
})
