import type { Changes } from '../platform/changes.ts'
import type { EventStream, HttpResponse } from '../platform/routes.ts'

interface Options {
  /** The page as it is now. */
  readonly render: () => HttpResponse
  readonly changes: Pick<Changes, 'subscribe'>
}

// Many changes come together, such as those of a leap of the clock.
const shortestIntervalMs = 300

const partPattern = /<!--live (\w+) (\w+)-->([\s\S]*?)<!--\/live-->/g

/** Sends the parts of a page that have changed since they were sent last, and nothing while nothing changes. The first
 *  event has all parts: the page may be older than the connection. */
export const liveUpdates = ({ render, changes }: Options): EventStream => ({
  status: 200,
  stream: (send) => {
    const sent = new Map<string, string>()
    const update = () => {
      const changed = partsOf(render()).filter(({ id, hash }) => sent.get(id) !== hash)
      for (const { id, hash } of changed) sent.set(id, hash)
      if (changed.length > 0) send(JSON.stringify(changed))
    }
    let timer: NodeJS.Timeout | undefined
    const end = changes.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        update()
      }, shortestIntervalMs).unref()
    })
    update()
    return () => {
      end()
      clearTimeout(timer)
    }
  },
})

interface Part {
  readonly id: string
  readonly hash: string
  readonly markup: string
}

const partsOf = (page: HttpResponse): Part[] => {
  const text = page !== 'hang up' && 'body' in page && typeof page.body === 'string' ? page.body : ''
  return [...text.matchAll(partPattern)].map(([, id = '', hash = '', markup = '']) => ({ id, hash, markup }))
}
