import { describeProvider } from '@railswitch/conformance'
import { meridianUnderTest } from './__fixtures__/meridian-under-test.ts'

describeProvider(meridianUnderTest)
