/** @jest-config-loader esbuild-register */
import type { Config } from 'jest'
import tests, { storms } from '../jest.config.ts'

const projects = (tests.projects ?? []).filter((project) => typeof project !== 'string')

const config: Config = {
  ...tests,
  testTimeout: 20 * 60_000,
  rootDir: '..',
  projects: projects.map((project) => ({ ...project, testMatch: [storms] })),
}

export default config
