/** @jest-config-loader esbuild-register */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from 'jest'

const packages = join(__dirname, 'packages')

/** Storms and kills take minutes: `npm run test:storms` runs them, from `.ci/jest.storms.config.ts`. */
export const storms = '**/src/**/*.storm.test.ts'

const project = (name: string) => ({
  displayName: name,
  rootDir: join(packages, name),
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/publish/'],
  testMatch: ['<rootDir>/src/**/*.test.ts', `!${storms}`],
  // Resolve the workspace's packages to their TypeScript source: no build needed before the tests.
  testEnvironmentOptions: { customExportConditions: ['@railswitch/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
})

const config: Config = {
  globalSetup: join(__dirname, '.ci/jest.rsa-pairs.mjs'),
  maxWorkers: '100%',
  // jest does not free a test file's modules: a worker that holds many spends its time in collecting garbage.
  workerIdleMemoryLimit: '500MB',
  // Tests that start processes or browsers share two cores with each other, and perhaps with somebody else.
  testTimeout: 3 * 60_000,
  reporters: [join(__dirname, '.ci/short-failures.mjs'), 'default'],
  projects: readdirSync(packages).map(project),
  coverageProvider: 'babel',
  collectCoverageFrom: ['packages/*/src/**/*.ts', '!packages/*/src/**/*.test.ts'],
}

export default config
