// What Stryker gives to Jest: one flat project, as it needs it, of the one file that `bundle-tests.mjs` makes.
import { fileURLToPath } from 'node:url'

export default {
  rootDir: '..',
  roots: ['<rootDir>/.ci'],
  // By its place: Stryker looks for the name from the top, where pnpm links no package of a package.
  testEnvironment: fileURLToPath(new URL('../node_modules/.pnpm/node_modules/jest-environment-node', import.meta.url)),
  testMatch: ['<rootDir>/.ci/mutation.test.cjs'],
  transform: {},
}
