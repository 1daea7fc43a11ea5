/** @jest-config-loader esbuild-register */
import { readdirSync } from 'node:fs'
import type { Config } from 'jest'

const project = (name: string) => ({
  displayName: name,
  rootDir: `<rootDir>/packages/${name}`,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
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
  maxWorkers: '100%',
  // Tests that start processes or browsers share two cores with each other.
  testTimeout: 60_000,
  projects: readdirSync('packages').map(project),
  coverageProvider: 'babel',
  collectCoverageFrom: ['packages/*/src/**/*.ts', '!packages/*/src/**/*.test.ts'],
}

export default config
