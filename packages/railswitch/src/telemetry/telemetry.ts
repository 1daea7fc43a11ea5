import type { Telemetry } from '@railswitch/core'

/** Telemetry through OpenTelemetry, which loads with the first call. The names and attributes are listed in docs/operations.md. */
export const createTelemetry = (now: () => Date): Telemetry => {
  let loading: Promise<Telemetry> | undefined
  const load = (): Promise<Telemetry> => {
    loading ??= import('./open-telemetry.ts').then(({ openTelemetry }) => openTelemetry(now))
    return loading
  }
  return {
    operation: async (...call) => (await load()).operation(...call),
    callback: async (...call) => (await load()).callback(...call),
    sync: async (...call) => (await load()).sync(...call),
    reconcile: async (...call) => (await load()).reconcile(...call),
    // A callback or `sync` has loaded it before an event is handled.
    event: (...handled) => void load().then((loaded) => loaded.event(...handled)),
  }
}
