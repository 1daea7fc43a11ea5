// `npm run release -- --dry-run [--out folder]` does everything for a release but publish it, in a temporary copy: the checkout stays as it is.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { home, publicPackages, readJson, root } from './packing/workspace.mjs'
import { publishSteps } from './release/instructions.mjs'
import { licenseCounts, licenseFaults, thirdPartyOf } from './release/licenses.mjs'
import { limits } from './release/limits.mjs'
import { contentsList, publishOrder, tarballFaults, tarballTable } from './release/tarballs.mjs'

/** What the user can fix: no stack is shown. */
class Fault extends Error {}

const words = readWords()
const place = mkdtempSync(join(tmpdir(), 'railswitch-release-'))
process.on('exit', () => rmSync(place, { recursive: true, force: true }))
process.on('SIGINT', () => process.exit(1))

try {
  await dryRun(words.out === undefined ? join(place, 'out') : resolve(words.out))
} catch (error) {
  console.error(`\n${error instanceof Fault ? error.message : error.stack}\n\nThe release is not ready.`)
  process.exitCode = 1
}

function readWords() {
  try {
    const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, out: { type: 'string' } } })
    if (values['dry-run']) return values
    console.error(
      'This command publishes nothing: publishing needs the account of the owner\nat npm. To check everything and see what the owner runs:\n\n  npm run release -- --dry-run [--out folder]',
    )
  } catch (error) {
    console.error(`${error.message}\nUse: npm run release -- --dry-run [--out folder]`)
  }
  return process.exit(2)
}

async function dryRun(out) {
  console.log('Dry run of a release: nothing is published, and the checkout stays as it is.\n')
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new Fault(`${words.out} is not empty: name a new folder after --out.`)
  done('clean checkout', checkClean())
  const copy = join(place, 'checkout')
  run('git', ['clone', '--quiet', root, copy])
  run(process.execPath, ['.ci/setup.mjs'], copy)
  const before = publicPackages()
  const hasChangesets = readdirSync(join(copy, '.changeset')).some((file) => file.endsWith('.md'))
  if (hasChangesets) run(join(copy, 'node_modules/.bin/changeset'), ['version'], copy)
  const version = checkVersions(copy, before)
  done('versions, changelogs', `${version} of ${before.length} packages`)
  run(process.execPath, ['.ci/api-reference.mjs', '--check'], copy)
  done('API reference', 'docs/api is what the packages export')
  const { buildPackages, packAll } = await import(join(copy, '.ci/packing/pack.mjs'))
  buildPackages()
  mkdirSync(join(out, 'tarballs'), { recursive: true })
  const tarballs = (await packAll(join(out, 'tarballs'))).map((tarball) => {
    const { dependencies = {}, ...manifest } = readJson(tarball.folder, 'package.json')
    return { ...tarball, version: manifest.version, dependencies: Object.keys(dependencies) }
  })
  writeFileSync(join(out, 'contents.txt'), contentsList(tarballs))
  noFaults(tarballFaults(tarballs, limits), 'contents and sizes')
  done('contents and sizes', `${tarballs.length} tarballs, within their budgets`)
  const { run: lint } = await import(join(copy, '.ci/packed/lint.mjs'))
  mkdirSync(join(place, 'lint'))
  await lint({ folder: join(place, 'lint'), tarballs }).catch((error) => {
    throw new Fault(error.message)
  })
  done('publint, attw', 'nothing wrong')
  const boms = writeBoms(copy, out, tarballs)
  const thirdParty = thirdPartyOf(boms, limits.readLicenses)
  noFaults(licenseFaults(thirdParty, limits.allowedLicenses), 'licenses')
  done('licenses', `of ${thirdParty.length} packages that an installation brings`)
  for (const line of linesOf(licenseCounts(thirdParty))) done('', line)
  done('SBOM', `CycloneDX ${boms[0].specVersion}, one per package`)
  console.log(`\n${tarballTable(tarballs, limits)}\n`)
  if (words.out !== undefined) console.log(`Written to ${words.out}: tarballs, SBOMs and contents.txt\n`)
  if (home() === '') console.log('Note: `home` in package.json is empty, so that no manifest names a repository.\n')
  const files = publishOrder(tarballs).map(({ file }) => basename(file))
  console.log(`${version} is ready. What its owner runs to publish it:\n`)
  console.log(publishSteps({ version, hasChangesets, out: words.out, files }))
}

function checkClean() {
  const changed = run('git', ['status', '--porcelain']).trimEnd()
  if (changed !== '')
    throw new Fault(`The checkout has changes that are not committed:\n${changed}\nCommit or stash them first.`)
  return run('git', ['log', '-1', '--format=%h %s']).trim().slice(0, 54)
}

/** All public packages have one version, and each has a changelog that begins with it. */
function checkVersions(copy, before) {
  const now = before.map(({ folder, manifest }) => {
    const inCopy = join(copy, folder.slice(root.length))
    return { name: manifest.name, version: readJson(inCopy, 'package.json').version, folder: inCopy }
  })
  const versions = [...new Set(now.map(({ version }) => version))]
  if (versions.length !== 1 || versions[0] === '0.0.0')
    throw new Fault(
      `The public packages must share one version above 0.0.0; changesets give:\n${now.map(({ name, version }) => `  ${name} ${version}`).join('\n')}\nAdd a changeset with \`npm run changeset\`, and name new packages under \`fixed\`\nin .changeset/config.json.`,
    )
  const [version] = versions
  for (const { name, folder } of now) {
    const file = join(folder, 'CHANGELOG.md')
    const [latest] = (existsSync(file) ? readFileSync(file, 'utf8') : '').match(/^## .*$/m) ?? []
    if (latest !== `## ${version}`)
      throw new Fault(`The changelog of ${name} has no part "## ${version}": add a changeset for it.`)
  }
  return version
}

/** One CycloneDX document per package, of what the lockfile installs for it. Resolves with them. */
function writeBoms(copy, out, tarballs) {
  mkdirSync(join(out, 'sbom'))
  const filters = tarballs.flatMap(({ name }) => ['--filter', name])
  const { packageManager } = readJson(copy, 'package.json')
  const options = ['--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--prod', '--split']
  run(
    'npx',
    ['--yes', packageManager, 'sbom', ...options, ...filters, '--out', join(out, 'sbom', '%s-%v.cdx.json')],
    copy,
  )
  const boms = readdirSync(join(out, 'sbom')).map((file) => readJson(out, 'sbom', file))
  const described = boms.map(({ metadata: { component } }) =>
    [component.group, component.name].filter(Boolean).join('/'),
  )
  const missing = tarballs.filter(({ name }) => !described.includes(name))
  if (missing.length > 0) throw new Fault(`There is no SBOM of ${missing.map(({ name }) => name).join(', ')}.`)
  return boms
}

function noFaults(faults, what) {
  if (faults.length > 0)
    throw new Fault(`${what}: the limits are in .ci/release/limits.mjs.\n${faults.map((one) => `  ${one}`).join('\n')}`)
}

function done(what, result) {
  console.log(`${what === '' ? '    ' : 'ok  '}${what.padEnd(22)}${result}`)
}

function linesOf(text) {
  return text.match(/.{1,53}(?:, |$)/g).map((line) => line.trim())
}

function run(command, options, cwd = root) {
  try {
    return execFileSync(command, options, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 26,
    })
  } catch (error) {
    throw new Fault(`${basename(command)} ${options.join(' ')} failed:\n${error.stdout}${error.stderr}`)
  }
}
