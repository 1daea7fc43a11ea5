// `npm run mutate`: what decides about money, under mutation. The score and the survivors stand in docs/quality.md.
export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  // Stryker's file graph does not know the packages' source condition.
  jest: { projectType: 'custom', configFile: '.ci/jest.mutation.config.mjs', enableFindRelatedTests: false },
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  // A mutant that runs when its module loads needs every test: tables and schemas are left to the tests of their tables.
  ignoreStatic: true,
  mutate: [
    'packages/core/src/{record,state,events,reviews,store}/*.ts',
    'packages/core/src/{money,payment-error}.ts',
    'packages/callbacks/src/{token,pipeline,event-runner,reviews}.ts',
    'packages/trustly-direct/src/interpret/*.ts',
    'packages/trustly-direct/src/{map-error,unpublished-error}.ts',
    'packages/trustly-direct/src/wire/{signature,canonical-form,sha1-signature}.ts',
    'packages/payabl-trustly/src/interpret/*.ts',
    'packages/payabl-trustly/src/map-error.ts',
    'packages/payabl-trustly/src/wire/signature.ts',
    '!**/*.test.ts',
  ],
  incremental: true,
  incrementalFile: '.ci/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: '.ci/mutation/report.json' },
  concurrency: 2,
  symlinkNodeModules: true,
  ignorePatterns: ['dist', '.turbo', 'coverage', '.ci/mutation', 'docs'],
  tempDirName: '.ci/mutation/tmp',
  thresholds: { high: 95, low: 90, break: 90 },
}
