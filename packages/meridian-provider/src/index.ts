export type { MeridianQueries } from './client/client.ts'
export type { MeridianOptions } from './config.ts'
export { meridian } from './provider.ts'
