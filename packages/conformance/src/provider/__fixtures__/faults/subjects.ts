import { type Capability, capabilityNames } from '@railswitch/core'
import type { Behaviour } from '../../behaviour.ts'
import type { ProviderUnderTest } from '../../provider-under-test.ts'
import { openWorld } from '../../world/world.ts'
import { meridianUnderTest } from '../rails/meridian.ts'
import { payablUnderTest } from '../rails/payabl.ts'
import { trustlyUnderTest } from '../rails/trustly.ts'
import { type Fault, onProvider } from './fault.ts'

export const withFault = (subject: ProviderUnderTest, fault: Fault): ProviderUnderTest => ({
  name: `${subject.name} with a fault`,
  open: async (ports) => fault(await subject.open(ports)),
})

/** A good provider that does not support one of the capabilities that both of ours support. */
const lacking = (capability: Capability): ProviderUnderTest =>
  withFault(
    payablUnderTest,
    onProvider(({ capabilities }) => ({
      capabilities: { ...capabilities, [capability]: { yes: false, why: 'this vendor has no call for it' } },
    })),
  )

const lackingByBehaviour: Readonly<Record<string, ProviderUnderTest>> = Object.fromEntries(
  capabilityNames.slice(0, 5).map((capability, index) => [`CAP-${201 + index}`, lacking(capability)]),
)

/** Where a fault is visible at Trustly only: payabl answers everything alike, or the engine protects it from the fault. */
const atTrustly: ReadonlySet<string> = new Set(
  'CAP-002 CALL-026 CALL-027 ACK-007 ACK-008 ACK-013 CB-008 CB-009 CB-015 CB-016 CB-017 CB-018'.split(' '),
)

/** What only Meridian does: its refunds are polled and have a state, and its callbacks list all reversals. */
const atMeridian: ReadonlySet<string> = new Set(['DEP-014', 'RF-024', 'RF-025', 'RF-026'])

/** The good provider with which the fault of a behaviour is tried: the first one to which it is applicable. */
export const subjectFor = async (behaviour: Behaviour): Promise<ProviderUnderTest> => {
  const { id, applies = [] } = behaviour
  const lackingOne = lackingByBehaviour[id]
  if (lackingOne) return lackingOne
  if (atTrustly.has(id)) return trustlyUnderTest
  if (atMeridian.has(id)) return meridianUnderTest
  const world = await openWorld(payablUnderTest)
  await world.close()
  return applies.every((condition) => condition(world) === null) ? payablUnderTest : trustlyUnderTest
}
