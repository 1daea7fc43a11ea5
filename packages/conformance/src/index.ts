export type { Behaviour } from './provider/behaviour.ts'
export { describeProvider, type TestRunner } from './provider/describe-provider.ts'
export type {
  MandateMarket,
  OpenedProvider,
  OptionMistake,
  ProviderUnderTest,
  Samples,
  TamperedMessage,
  VendorControl,
  VendorMessage,
  VendorOrder,
  VendorPorts,
  VendorReply,
} from './provider/provider-under-test.ts'
export { isAcceptable, reportOf } from './provider/report.ts'
export { type ConformanceResult, type Exclusions, runConformance, unknownIds } from './provider/run-suite.ts'
export { type BehaviourGroup, groups, suiteVersion } from './provider/suite.ts'
export { storeCrashCases } from './store/crash/crash-kit.ts'
export type { DatabaseUnderTest } from './store/crash/database-under-test.ts'
export { type StoreCase, type StoreConditions, type StoreUnderTest, storeCases } from './store/store-kit.ts'
