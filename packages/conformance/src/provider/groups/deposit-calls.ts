import { PaymentError } from '@railswitch/core'
import type { OperationCall } from '@railswitch/core/provider'
import type { WireFault } from '../world/wire.ts'
import type { World } from '../world/world.ts'

/** A deposit whose response is lost or cannot be read, and which the vendor has executed. */
export const afterFault = async (world: World, fault: WireFault): Promise<PaymentError | null> => {
  world.wire.strike(fault)
  try {
    await world.deposit()
    return null
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error
    return error
  } finally {
    world.wire.repair()
  }
}

/** A call of the provider without the engine. */
export const directCall = (world: World, more: Partial<OperationCall> = {}) => {
  const input = world.depositInput('order-1')
  const callbackUrl = 'https://shop.example/callbacks/rail/token'
  const intent = {
    kind: 'deposit',
    rail: 'rail',
    reference: 'order-1',
    attempt: 1,
    expect: input.amount,
    settings: { callbackUrl, statement: 'SHOP' },
  } as const
  const recorded = {
    intent,
    fingerprint: 'f',
    begunAt: world.time.now().toISOString(),
    resumed: false,
    conclusion: null,
    vendorIds: [],
  }
  const call: OperationCall = {
    intent,
    record: { key: 'r', intents: [recorded], reports: [], emitted: [] },
    callbackUrl,
    resumed: false,
    signal: new AbortController().signal,
    ...more,
  }
  const operation = world.provider.operations.deposit
  if (!operation) throw new Error('the provider has no operation for deposits')
  return operation({ ...input, statement: 'SHOP' }, call)
}
