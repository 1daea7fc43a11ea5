// How Stryker runs one area of `mutate.mjs`.
export const options = (mutate, tests) => ({
  mutate,
  buildCommand: `node .ci/bundle-tests.mjs ${tests.join(' ')}`,
  testRunner: 'bundle',
  plugins: ['./.ci/mutation-runner.mjs'],
  coverageAnalysis: 'perTest',
  // A mutant that runs when its module loads would need every test, alone: such tables and schemas are not measured.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  allowConsoleColors: false,
  concurrency: 2,
  // Only an endless loop takes so long: a busy machine kills no mutant.
  timeoutMS: 30_000,
  ignorePatterns: ['dist', '.turbo', 'coverage', '.ci/mutation', 'docs'],
  tempDirName: '.ci/mutation/sandbox',
  thresholds: { high: 95, low: 90, break: null },
})
