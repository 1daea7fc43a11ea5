// What Stryker gives to Jest: one flat project, as it needs it, with the one file that loads an area's tests.
import { fileURLToPath } from 'node:url'

export default {
  rootDir: '..',
  // By its place: Stryker looks for the name from the top, where pnpm links no package of a package.
  testEnvironment: fileURLToPath(new URL('../node_modules/.pnpm/node_modules/jest-environment-node', import.meta.url)),
  // Nothing else is crawled: modules are found without.
  roots: ['<rootDir>/.ci'],
  testMatch: ['<rootDir>/.ci/mutation.test.mjs'],
  testEnvironmentOptions: { customExportConditions: ['@railswitch/source', 'node', 'node-addons'] },
  // Within Stryker's copy: node_modules would lead back to the sources without mutants.
  moduleNameMapper: { '^@railswitch/([a-z-]+)$': '<rootDir>/packages/$1/src/index.ts' },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
}
