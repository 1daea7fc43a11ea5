import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import * as esbuild from 'esbuild'
import { freePort, start } from './processes.mjs'
import { createProject } from './project.mjs'

export const about = 'the examples: deposit, callback and refund on both rails (EXAMPLES=next,nest: only these)'

const examples = fileURLToPath(new URL('../../packages/examples', import.meta.url))
const rails = ['trustly', 'payabl']

/** What is done besides the start of an example. Of two processes that are started at once, the second would find its tables half made. */
const special = {
  next: {
    command: (port) => `npx next dev --port ${port} --hostname 127.0.0.1`,
    edited: 'shop.ts',
    oneProcess: true, // the folder of the embedded store
  },
  nest: { before: ['npm', 'run', 'build'] },
  'store-pg': { oneProcess: true },
  'store-drizzle': { oneProcess: true },
  'store-kysely': { oneProcess: true },
  'store-prisma': { oneProcess: true, standIn: { from: 'prisma-client.ts', to: 'generated/client.ts' } },
}

/** Generating a Prisma client downloads an engine from outside npm, so a stand-in of the same shape takes its place. */
const notInstalled = ['prisma', '@prisma/client']

const isStore = (name) => name.startsWith('store-')

export const run = async (context) => {
  const wanted = process.env.EXAMPLES?.split(',')
  const names = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['src', 'node_modules', 'dist'].includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => wanted?.includes(name) ?? true)
  const project = await install(context, names)
  const { startSandbox, walkCheckout } = await importFrom(project.folder, '@railswitch/sandbox')
  const sandbox = await startSandbox()
  const lines = []
  const postgres = names.some(isStore) ? await startPostgres() : null
  try {
    await checkTypes(project, names)
    for (const name of names) {
      const folder = join(project.folder, name)
      writeEnv(folder, sandbox)
      const { before, oneProcess } = special[name] ?? {}
      if (before) await project.runIn(folder, ...before)
      const shops = rails.map((rail) => () => tryShop({ name, rail, folder, sandbox, walkCheckout, postgres }))
      if (oneProcess) for (const shop of shops) await shop()
      else await Promise.all(shops.map((shop) => shop()))
      lines.push(`${name}: both rails`)
    }
  } finally {
    await sandbox.close()
    await postgres?.remove()
  }
  return lines.join('\n')
}

/** One installation for all examples, of the versions that they name. */
const install = async (context, names) => {
  const manifests = names.map((name) => JSON.parse(readFileSync(join(examples, name, 'package.json'), 'utf8')))
  const wanted = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  )
  const ours = new Set(context.tarballs.map(({ name }) => name))
  const others = wanted.filter(([name]) => !ours.has(name) && !notInstalled.includes(name))
  for (const [name, version] of others) {
    const other = others.find(([one, its]) => one === name && its !== version)
    if (other) throw new Error(`The examples want ${name} ${version} and ${other[1]}`)
  }
  const project = await createProject(context, {
    manifest: { type: 'module' },
    packed: ['@railswitch/sandbox', ...wanted.map(([name]) => name).filter((name) => ours.has(name))],
    dependencies: Object.fromEntries(others),
  })
  for (const name of names) {
    cpSync(join(examples, name), join(project.folder, name), {
      recursive: true,
      filter: (path) => !/node_modules|[/\\](?:dist|generated)|\.next|\.railswitch/.test(path.slice(examples.length)),
    })
    const { standIn } = special[name] ?? {}
    if (standIn)
      cpSync(new URL(`stand-ins/${standIn.from}`, import.meta.url), join(project.folder, name, standIn.to), {
        recursive: true,
      })
  }
  return project
}

const importFrom = (folder, name) => import(pathToFileURL(createRequire(join(folder, 'x.js')).resolve(name)))

/** The PostgreSQL of the store's own tests. */
const startPostgres = async () => {
  const folder = fileURLToPath(new URL('../../packages/store-postgres', import.meta.url))
  const outfile = join(folder, 'node_modules/.railswitch/private-postgres.mjs')
  const source = join(folder, 'src/__fixtures__/private-postgres.ts')
  await esbuild.build({
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  const { postgresMissing, startPrivatePostgres } = await import(pathToFileURL(outfile))
  if (postgresMissing) throw new Error(postgresMissing)
  return startPrivatePostgres()
}

/** Next.js checks its own types, NestJS is compiled, and CommonJS has none. */
const checkTypes = async (project, names) => {
  const include = names.filter((name) => existsSync(join(examples, name, 'server.ts'))).map((name) => `${name}/*.ts`)
  if (include.length === 0) return
  project.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: ['node'],
        skipLibCheck: true,
      },
      include,
      exclude: ['*/prisma.config.ts'], // of a package that is not installed
    }),
  )
  await project.run('npx', 'tsc', '-p', '.')
}

/** As `railswitch sandbox --write-env` writes it. */
const writeEnv = (folder, { trustly, payabl }) => {
  const keys = { 'trustly.pem': trustly.publicKey, 'merchant.pem': trustly.merchant.privateKey }
  mkdirSync(join(folder, 'keys'), { recursive: true })
  for (const [name, text] of Object.entries(keys)) writeFileSync(join(folder, 'keys', name), text)
  const variables = {
    RAILSWITCH_RAILS: rails.join(','),
    RAILSWITCH_CALLBACK_SECRETS: 'a-secret-that-only-this-test-uses-0001',
    RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE',
    RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
    RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
    RAILSWITCH_TRUSTLY_URL: trustly.url,
    RAILSWITCH_TRUSTLY_PUBLIC_KEY_FILE: join(folder, 'keys/trustly.pem'),
    RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE: join(folder, 'keys/merchant.pem'),
    RAILSWITCH_TRUSTLY_USERNAME: trustly.merchant.username,
    RAILSWITCH_TRUSTLY_PASSWORD: trustly.merchant.password,
    RAILSWITCH_PAYABL_USE: 'payabl-trustly',
    RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
    RAILSWITCH_PAYABL_URL: payabl.url,
    RAILSWITCH_PAYABL_MERCHANT_ID: payabl.merchant.merchantId,
    RAILSWITCH_PAYABL_SECRET: payabl.merchant.secret,
  }
  writeFileSync(
    join(folder, '.env'),
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
}

const tryShop = async ({ name, rail, folder, sandbox, walkCheckout, postgres }) => {
  const port = await freePort()
  const { command = () => 'npm start', edited } = special[name] ?? {}
  const env = {
    PORT: String(port),
    RAILSWITCH_ACTIVE: rail,
    RAILSWITCH_CALLBACK_URL: `http://127.0.0.1:${port}/callbacks`,
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: postgres ? `postgresql:///postgres?host=${postgres.host}&user=${postgres.user}` : '',
  }
  const shop = start(command(port), folder, env)
  const reference = `${name}-${rail}`
  const call = async (method, path = '') => {
    const response = await fetch(`http://127.0.0.1:${port}/orders/${reference}${path}`, { method })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} got ${response.status}: ${text.slice(0, 2000)}`)
    return JSON.parse(text)
  }
  const credited = { rail, state: 'credited', credited: '249.90', ...(isStore(name) && { shipped: true }) }
  try {
    await shop.listens(port)
    // Next.js has a server of its own.
    if (name !== 'next') includes(await start(command(port), folder, env).ended(), `The shop cannot use port ${port} (`)
    const { redirectUrl } = await call('POST', '/pay')
    await walkCheckout(redirectUrl)
    await sandbox[rail].idle()
    equal(await call('GET'), { ...credited, refunded: '0.00' })
    // A development server loads the changed module again, while the process goes on.
    if (edited) {
      appendFileSync(join(folder, edited), '\n// changed\n')
      await pause(2000)
      equal(await call('GET'), { ...credited, refunded: '0.00' })
    }
    equal((await call('POST', '/refund')).status, 'accepted')
    await sandbox[rail].idle()
    equal(await call('GET'), { ...credited, refunded: '100.00' })
  } catch (error) {
    throw new Error(`${reference}: ${error.message}\n${shop.output()}`)
  } finally {
    await shop.end()
  }
}

const includes = (text, words) => {
  if (!text.includes(words)) throw new Error(`got no "${words}" but:\n${text}`)
}

const equal = (actual, expected) => {
  if (!isDeepStrictEqual(actual, expected))
    throw new Error(`got ${JSON.stringify(actual)} and not ${JSON.stringify(expected)}`)
}
