import { acknowledgementFaults, callbackFaults } from './callback-faults.ts'
import { callFaults, concurrencyFaults, moneyFaults, referenceFaults } from './call-faults.ts'
import { capabilityFaults } from './capability-faults.ts'
import type { Fault } from './fault.ts'
import { chargeFaults, mandateFaults } from './mandate-faults.ts'
import { payoutFaults, refundFaults } from './money-out-faults.ts'
import { configurationFaults, depositFaults, lookUpFaults, meaningFaults, redactionFaults } from './other-faults.ts'

/** A fault for each behaviour, by its id. The behaviour fails with it. */
export const faults: Readonly<Record<string, Fault>> = {
  ...capabilityFaults,
  ...callFaults,
  ...depositFaults,
  ...refundFaults,
  ...payoutFaults,
  ...mandateFaults,
  ...chargeFaults,
  ...lookUpFaults,
  ...callbackFaults,
  ...configurationFaults,
  ...moneyFaults,
  ...referenceFaults,
  ...redactionFaults,
  ...meaningFaults,
  ...concurrencyFaults,
  ...acknowledgementFaults,
}
