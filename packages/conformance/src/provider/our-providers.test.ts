import { payablUnderTest } from './__fixtures__/rails/payabl.ts'
import { trustlyUnderTest } from './__fixtures__/rails/trustly.ts'
import { describeProvider } from './describe-provider.ts'

describeProvider(trustlyUnderTest)
describeProvider(payablUnderTest)
