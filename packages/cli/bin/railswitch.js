#!/usr/bin/env node
import { existsSync } from 'node:fs'

// The published package brings its build; in the repository each start sees to it that the build is that of the sources.
const inRepository = new URL('../../../.ci/build.mjs', import.meta.url)
if (existsSync(inRepository)) (await import(inRepository)).build('packages/cli')

// Whoever reads our output may stop reading: `railswitch … | head -1`.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})

const { runCommandLine } = await import('../dist/index.js')
process.exitCode = await runCommandLine(process.argv.slice(2))
