import { Agent, request as ask } from 'node:http'
import type { Front } from './shop-processes.ts'

/** A notification, exactly as the vendor sent it. */
export interface Delivery {
  readonly path: string
  readonly body: string
}

/** Returns the signed notifications that the vendor sends during `send`, each body once. Responds to them with 503. */
export const capture = async (front: Front, send: () => Promise<void>): Promise<readonly Delivery[]> => {
  const captured = new Map<string, Delivery>()
  front.send(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    captured.set(body, { path: request.url ?? '', body })
    response.writeHead(503).end()
  })
  await send()
  return [...captured.values()]
}

/** Shuffles by a fixed seed: the order is the same each time, so a failure can be reproduced. */
export const shuffled = <A>(items: readonly A[], seed = 1): readonly A[] => {
  let state = seed
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const sorted = items.map((item) => ({ item, at: next() })).sort((a, b) => a.at - b.at)
  return sorted.map(({ item }) => item)
}

/** Runs `work` for all items, at most `atOnce` at a time. */
export const inParallel = async <A>(
  items: readonly A[],
  atOnce: number,
  work: (item: A, index: number) => Promise<void>,
): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next
      next += 1
      await work(items[index] as A, index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

export interface Reply {
  readonly status: number
  readonly body: string
}

const agent = new Agent({ keepAlive: true })

/** Sends a delivery. Repeats it if the other side closes a reused connection at the same moment. */
export const deliver = (socketPath: string, { path, body }: Delivery): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }
    const sent = ask({ socketPath, path, method: 'POST', headers, agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', (error) => (sent.reusedSocket ? resolve(deliver(socketPath, { path, body })) : reject(error)))
    sent.end(body)
  })
