#!/usr/bin/env node
// The command is a package of its own, so that a service which only takes payments installs no sandbox and no parser.
// This finds it: beside the project that it is called in, beside this package, and else in the registry, by npx.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const command = '@railswitch/cli'
const places = [pathToFileURL(join(process.cwd(), 'package.json')), import.meta.url]

const find = (place) => {
  try {
    return new URL('bin/railswitch.js', pathToFileURL(createRequire(place).resolve(`${command}/package.json`)))
  } catch {
    return undefined
  }
}

const runFromRegistry = () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stderr.write(`railswitch: the command is in the package ${command}, which is not installed here. Add it:
  npm install --save-dev ${command}
This time, npx runs it.\n`)
  const words = ['npx', `${command}@${version}`, ...process.argv.slice(2)]
  const { status } = spawnSync(words[0], words.slice(1), { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exitCode = status ?? 1
}

const found = places.map(find).find((place) => place !== undefined)
if (found) await import(found.href)
else runFromRegistry()
