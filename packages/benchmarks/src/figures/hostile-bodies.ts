import { isLeft } from '@railswitch/core/provider'
import { compare } from '../measurement/compare.ts'
import type { Figure } from '../measurement/figure.ts'
import { milliseconds } from '../report/units.ts'
import { trustlyProvider } from '../vendors/trustly.ts'

const around = (data: string): string =>
  `{"method":"credit","params":{"signature":"${'A'.repeat(344)}","uuid":"258a2184-2842-b485-25ca-293525152425","data":${data}},"version":"1.1"}`

/** Just below the 64 KiB that are accepted, in the forms that cost a careless parser most. */
const bodies: Readonly<Record<string, string>> = {
  'deep lists': around('['.repeat(32_000) + ']'.repeat(32_000)),
  'deep objects': around(`${'{"a":'.repeat(10_000)}null${'}'.repeat(10_000)}`),
  'many members': around(`{${Array.from({ length: 6_000 }, (_, index) => `"m${index}":1`).join(',')}}`),
  escapes: around(`{"a":"${'\\u0041'.repeat(10_000)}"}`),
  'spaces in a signature': around('{}').replace('A'.repeat(344), ' '.repeat(60_000)),
}

export const hostileBodies: Figure = {
  id: 'P5',
  what: 'hostile body of 64 kB is refused',
  beside: 'JSON.parse of the same',
  hold: { most: 2 },
  reach: { most: 1 },
  measure: async ({ effort }) => {
    const { verifyCallback } = trustlyProvider()
    const measured = []
    for (const [of, text] of Object.entries(bodies)) {
      const body = Buffer.from(text)
      const ours = () => verifyCallback({ body, contentType: 'application/json', headers: {} })
      if (!isLeft(ours())) throw new Error(`P5: accepted (${of})`)
      const { speed, control, ...times } = await compare(ours, () => JSON.parse(text), effort)
      measured.push({ of, value: 1 / speed, control, detail: milliseconds(times) })
    }
    return measured
  },
}
