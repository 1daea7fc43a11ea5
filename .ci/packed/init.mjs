import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, start } from './processes.mjs'
import { createProject, execute } from './project.mjs'

export const about =
  'railswitch init in an empty folder, and each command that it prints, with Express (INIT=next,nest: with these; INIT=all: with every framework)'

const examples = fileURLToPath(new URL('../../packages/examples', import.meta.url))

export const run = async (context) => {
  const all = ['express', 'fastify', 'hono', 'next', 'nest']
  const { INIT = 'express' } = process.env
  const frameworks = INIT === 'all' ? all : all.filter((name) => INIT.split(',').includes(name))
  const project = await install(context, frameworks)
  const lines = []
  for (const framework of frameworks) {
    await tryFramework(project, framework)
    lines.push(`${framework}: credited and partly refunded on both rails`)
  }
  return lines.join('\n')
}

/** One installation above all folders takes the place of each `npm install`: the registry does not have this version. */
const install = (context, frameworks) => {
  const ours = new Set(context.tarballs.map(({ name }) => name))
  const others = frameworks.flatMap((name) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(examples, name, 'package.json'), 'utf8'))
    return Object.entries({ ...dependencies, ...devDependencies }).filter(([one]) => !ours.has(one))
  })
  return createProject(context, {
    packed: ['railswitch', '@railswitch/cli', '@railswitch/sandbox', '@railswitch/store-postgres'],
    dependencies: { '@electric-sql/pglite': '0.5.16', ...Object.fromEntries(others) },
  })
}

const tryFramework = async (project, framework) => {
  const written = await project.run('npx', 'railswitch', 'init', framework, '--framework', framework)
  const folder = join(project.folder, framework)
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const onFreePorts = (text) => text.replaceAll('3000', port).replaceAll('4270', sandboxPort)
  for (const name of ['.env', 'package.json']) edit(join(folder, name), onFreePorts)
  const next = nextSteps(onFreePorts(written))
  // The commands find this sandbox, and no other one that runs on this machine.
  const env = { XDG_RUNTIME_DIR: folder, NEXT_TELEMETRY_DISABLED: '1' }
  const shell = (command) =>
    execute(folder, 'bash', ['-c', command.replace('curl', 'curl --silent --show-error --fail-with-body')], env)
  const running = []
  const steps = []
  const runStep = async (command) => {
    steps.push(`$ ${command}`)
    steps.push(await shell(command))
    return steps.at(-1)
  }
  try {
    await runStep(next.test)
    const sandbox = start(next.sandbox, folder, env)
    running.push(sandbox)
    // It listens before the variables are in .env.
    await sandbox.prints('Written')
    for (const [index, rail] of ['trustly', 'payabl'].entries()) {
      const order = `order-${index + 1}`
      const application = start(next.starts[index], folder, { ...env, PORT: String(port) })
      running.push(application)
      await application.listens(port)
      const shown = []
      for (const command of next.payment) shown.push(await runStep(command.replaceAll('order-1', order)))
      const state = JSON.parse(shown.at(-1))
      if (state.rail !== rail || state.state !== 'credited' || state.refunded !== '100.00')
        throw new Error(`${order} is ${shown.at(-1)}`)
      await application.end()
    }
  } catch (error) {
    const terminals = running.map((one) => one.output()).join('\n')
    throw new Error(`${framework}: ${error.message}\n${steps.join('\n')}\n${terminals}`)
  } finally {
    for (const one of running.reverse()) await one.end()
  }
}

const edit = (file, change) => writeFileSync(file, change(readFileSync(file, 'utf8')))

/** The commands that init prints, without the text that explains them. */
const nextSteps = (written) => {
  const commands = written
    .slice(written.indexOf('Next:'))
    .split('\n')
    .filter((line) => /^ {2}\S/.test(line))
    .map((line) => line.trim().split(/ {2,}/)[0])
  const [change, installation, test, sandbox, first, ...others] = commands
  const payment = others.slice(0, -1)
  if (!change?.startsWith('cd ') || installation !== 'npm install' || payment.length === 0)
    throw new Error(`The next steps are others:\n${written}`)
  return { test, sandbox, payment, starts: [first, others.at(-1)] }
}
