// One flat project, as Stryker needs it, of the tests that need no process, no server and no database.
export default {
  rootDir: '..',
  testEnvironment: 'node',
  testMatch: [
    '<rootDir>/packages/{core,callbacks,trustly-direct,payabl-trustly}/src/**/*.test.ts',
    '<rootDir>/packages/conformance/src/store-kit.test.ts',
  ],
  testPathIgnorePatterns: ['-at-the-twin', 'sha1-policy', 'documentation', 'axios-transport', '/http/', '/doctor/'],
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
