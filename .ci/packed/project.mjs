// An empty project in a temporary folder, with the packed packages installed from their tarballs.
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The packages that a new user of the sandbox installs. */
export const usual = ['railswitch', '@railswitch/sandbox']

/**
 * `files`: text by path. `packed`: which of our packages are installed; those that they depend on come with them. `dependencies`: others,
 * with their versions pinned. Resolves with `run` (and `runIn`, in another folder), which resolves with what a command wrote and rejects if it fails.
 */
export const createProject = async (
  { folder, tarballs },
  { manifest = {}, files = {}, packed = usual, dependencies = {} },
) => {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const ours = withTheirs(packed, tarballs).map(({ name, file }) => [name, `file:${file}`])
  write(
    'package.json',
    JSON.stringify(
      { name: 'tried', private: true, ...manifest, dependencies: { ...Object.fromEntries(ours), ...dependencies } },
      null,
      2,
    ),
  )
  for (const [path, text] of Object.entries(files)) write(path, text)
  const run = (command, ...words) => execute(folder, command, words)
  await run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error')
  const runIn = (place, command, ...words) => execute(place, command, words)
  return { folder, run, runIn, write }
}

/** Our packages depend on each other by version, and the registry does not have this version. */
export const withTheirs = (names, tarballs) => {
  const found = new Map()
  const add = (name) => {
    const one = tarballs.find((tarball) => tarball.name === name)
    if (!one || found.has(name)) return
    found.set(name, one)
    one.dependencies.forEach(add)
  }
  names.forEach(add)
  return [...found.values()]
}

export const execute = (cwd, command, words, env = {}) =>
  new Promise((resolve, reject) => {
    execFile(
      command,
      words,
      { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout + stderr)
        else
          reject(new Error(`${command} ${words.join(' ')} failed (${error.code ?? error.signal}):\n${stdout}${stderr}`))
      },
    )
  })
