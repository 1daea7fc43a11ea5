import type { Comparison } from '../measurement/compare.ts'

/** `0.713 ms, limit 0.662 ms`. */
export const milliseconds = ({ ours, limit }: Pick<Comparison, 'ours' | 'limit'>): string =>
  `${duration(ours)}, limit ${duration(limit)}`

const duration = (ms: number): string =>
  ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : ms < 100 ? `${ms.toFixed(2)} ms` : `${ms.toFixed(0)} ms`
