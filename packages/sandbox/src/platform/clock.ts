/** The clock of a sandbox: real time, which can be moved forward. Everything that waits, waits by it. */
export type Clock = {
  readonly now: () => Date
  /** Runs the job when the clock reaches the moment, by itself or because it is moved. Gives what calls it off. */
  readonly at: (moment: Date, job: () => unknown) => () => void
  /** Moves forward by milliseconds. What falls due on the way happens at its own time, one after the other, and has
   *  happened when the promise resolves. Moves wait for each other. */
  readonly move: (ms: number) => Promise<void>
  /** Calls everything off. */
  readonly close: () => void
}

type Plan = { readonly due: number; readonly job: () => unknown }

// A timer takes no more milliseconds than this, about 24 days.
const longestTimer = 2 ** 31 - 1

export const createClock = (realTime: () => Date = () => new Date()): Clock => {
  let ahead = 0
  let moves: Promise<void> = Promise.resolve()
  const timers = new Map<Plan, NodeJS.Timeout>()
  const now = () => new Date(realTime().getTime() + ahead)

  const start = (plan: Plan) => {
    const wait = Math.max(0, plan.due - now().getTime())
    const ring = () => (wait > longestTimer ? start(plan) : void run(plan))
    timers.set(plan, setTimeout(ring, Math.min(wait, longestTimer)).unref())
  }
  const stop = (plan: Plan) => {
    clearTimeout(timers.get(plan))
    timers.delete(plan)
  }
  const run = (plan: Plan) => {
    stop(plan)
    return plan.job()
  }

  const moveTo = async (target: number): Promise<void> => {
    const next = earliest([...timers.keys()].filter(({ due }) => due <= target))
    ahead += Math.max(0, (next?.due ?? target) - now().getTime())
    if (!next) return
    await run(next)
    return moveTo(target)
  }

  return {
    now,
    at: (moment, job) => {
      const plan = { due: moment.getTime(), job }
      start(plan)
      return () => stop(plan)
    },
    move: (ms) => {
      const move = moves.then(async () => {
        await moveTo(now().getTime() + ms)
        for (const plan of [...timers.keys()]) {
          stop(plan)
          start(plan)
        }
      })
      moves = move.catch(() => {})
      return move
    },
    close: () => {
      for (const plan of [...timers.keys()]) stop(plan)
    },
  }
}

const earliest = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>((first, plan) => (first && first.due <= plan.due ? first : plan), undefined)
