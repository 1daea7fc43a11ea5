import { callbacksOnPostgres } from './figures/callbacks-on-postgres.ts'
import { callsOverLoopback } from './figures/calls-over-loopback.ts'
import { coldImport } from './figures/cold-import.ts'
import { hostileBodies } from './figures/hostile-bodies.ts'
import { installedSize } from './figures/installed-size.ts'
import { largeStore } from './figures/large-store.ts'
import { ledgerResponse } from './figures/ledger.ts'
import { moduleGraph } from './figures/module-graph.ts'
import { payablMessages } from './figures/payabl-messages.ts'
import { signDeposit } from './figures/sign-deposit.ts'
import { signaturesInFlight } from './figures/signatures-in-flight.ts'
import { acknowledgedCallback, verifiedCallback } from './figures/trustly-callbacks.ts'
import type { Figure } from './measurement/figure.ts'

/** P1 to P13, in this order. */
export const figures: readonly Figure[] = [
  signDeposit,
  acknowledgedCallback,
  verifiedCallback,
  ledgerResponse,
  hostileBodies,
  signaturesInFlight,
  payablMessages,
  callsOverLoopback,
  coldImport,
  moduleGraph,
  callbacksOnPostgres,
  largeStore,
  installedSize,
]
