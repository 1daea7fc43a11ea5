// The provider suite runs on node:test and on Vitest, which is installed into a temporary folder. Jest runs it in `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const provider = join(root, 'packages/conformance/src/provider')
const folder = mkdtempSync(join(tmpdir(), 'railswitch-runners-'))
writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))

const bundle = (runner, outfile) =>
  build({
    stdin: {
      contents: `
        import { describe, test } from '${runner}'
        import { describeProvider } from '${provider}/describe-provider.ts'
        import { payablUnderTest } from '${provider}/__fixtures__/rails/payabl.ts'
        describeProvider(payablUnderTest, { runner: { describe, test } })`,
      resolveDir: join(root, 'packages/conformance'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@railswitch/source'],
    external: ['vitest', 'node:*'],
    // Some dependencies are CommonJS and call require for the modules of Node.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    outfile: join(folder, outfile),
    logLevel: 'error',
  })

const run = (command, words) => {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 })
  if (status === 0) return `${stdout}`
  console.error(stdout.slice(-4000), stderr.slice(-4000))
  throw new Error(`${command} ${words.join(' ')} failed`)
}

await bundle('node:test', 'suite.node.mjs')
console.log(
  run(process.execPath, ['--test', 'suite.node.mjs'])
    .split('\n')
    .filter((line) => /^. (tests|pass|fail|skipped) /.test(line))
    .join('\n'),
)
await bundle('vitest', 'suite.vitest.test.mjs')
run('npm', ['install', '--no-audit', '--no-fund', '--silent', 'vitest@4.1.12'])
console.log(run('npx', ['vitest', 'run', '--no-color', '--testTimeout=60000']).split('\n').slice(-8).join('\n'))
