// How Stryker runs one area of `mutate.mjs`.
export const options = (name, mutate, tests) => ({
  mutate,
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: '.ci/jest.mutation.config.mjs',
    config: { globals: { testFiles: tests } },
    // Stryker's file graph does not know the packages' source condition.
    enableFindRelatedTests: false,
  },
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  // A mutant that runs when its module loads would need every test, alone: such tables and schemas are not measured.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `.ci/mutation/${name}.json`,
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  allowConsoleColors: false,
  concurrency: 2,
  ignorePatterns: ['dist', '.turbo', 'coverage', '.ci/mutation', 'docs'],
  tempDirName: '.ci/mutation/sandbox',
  thresholds: { high: 95, low: 90, break: null },
})
