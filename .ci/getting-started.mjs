// Does what docs/getting-started.md says: its files, its commands, and the payments in the browser.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The blocks of the page that do or show something, in order. */
export const stepsOf = (page) =>
  [...page.matchAll(/^```(sh|js|ts|console)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => {
    const [, name] = /^\/\/ (\S+)/.exec(text) ?? []
    if (kind === 'js') return { kind: 'file', name, text }
    if (kind === 'ts') return { kind: 'changes', name, lines: text.trimEnd().split('\n').slice(1) }
    if (kind === 'sh') return { kind: 'commands', commands: text.trim().split('\n') }
    const [, command] = /^\$ (.*)\n/.exec(text) ?? []
    const expected = text.replace(/^\$ .*\n/, '').trimEnd()
    return command === undefined ? { kind: 'later', expected } : { kind: 'command', command, expected }
  })

/**
 * Runs the steps in `folder`. `install` replaces the commands of an `sh` block; without it, they run. `pay` is `walkCheckout` of the
 * sandbox. The ports of the page are replaced by free ones. Resolves with what the terminals show.
 */
export const runSteps = async (page, { folder, install, pay, env = process.env }) => {
  const ports = new Map([
    ['4270', await freePort()],
    ['3000', await freePort()],
  ])
  const steps = stepsOf(page.replace(/\b(4270|3000)\b/g, (port) => ports.get(port)))
  const terminals = []
  let shop
  let written = ''
  try {
    for (const step of steps) {
      if (step.kind === 'file') {
        writeFileSync(join(folder, step.name), step.text)
        written = step.text
      }
      if (step.kind === 'changes') writeFileSync(join(folder, step.name), withLines(written, step.lines))
      if (step.kind === 'commands') {
        if (install) await install(step.commands)
        else terminals.push(await succeeded(start(step.commands.join(' && '), folder, env)))
      }
      if (step.kind === 'later') await shop.showed(step.expected)
      if (step.kind !== 'command') continue
      // The page says to stop the shop before it is started again.
      const isShop = /shop\.m?js$/.test(step.command)
      if (isShop && shop) await shop.interrupt()
      if (isShop && !shop) await refusesBusyPort(step.command, { port: ports.get('3000'), folder, env })
      const terminal = start(withCallbacks(step.command, ports), folder, env)
      terminals.push(terminal)
      if (isShop) shop = terminal
      await terminal.showed(step.expected)
      const [, redirectUrl] = /"redirectUrl": "(.*)"/.exec(terminal.output()) ?? []
      if (redirectUrl !== undefined) await pay(redirectUrl)
    }
    return terminals.map(({ command, output }) => `$ ${command}\n${output()}`)
  } catch (error) {
    throw new Error(
      `${error.message}\n\n${terminals.map(({ command, output }) => `$ ${command}\n${output()}`).join('\n')}`,
    )
  } finally {
    await Promise.all(terminals.map(({ interrupt }) => interrupt()))
  }
}

/** Each line replaces the one that begins in the same way: with the same name. */
const withLines = (text, lines) =>
  lines.reduce((changed, line) => {
    const [beginning] = /^\s*const \w+ = /.exec(line) ?? []
    const found = changed.split('\n').filter((one) => beginning !== undefined && one.startsWith(beginning))
    if (found.length !== 1) throw new Error(`The file has ${found.length} lines that begin as:\n${line}`)
    return changed.replace(found[0], () => line)
  }, text)

/** The shop's port is another one here, so the sandbox has to know it. */
const withCallbacks = (command, ports) =>
  command.includes('--write-env')
    ? `${command} --callback-url http://127.0.0.1:${ports.get('3000')}/callbacks`
    : command

const refusesBusyPort = async (command, { port, folder, env }) => {
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  await start(command, folder, env).showed(`The shop cannot use port ${port} (…`)
  other.close()
  await once(other, 'close')
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

const start = (command, cwd, env) => {
  // In a group of its own, so that Ctrl+C reaches what npx starts, as in a terminal.
  const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let text = ''
  let changed = () => {}
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
      changed()
    })
  const showed = (expected) =>
    new Promise((resolve, reject) => {
      const pattern = patternOf(expected)
      const look = () => pattern.test(text) && resolve()
      const give = (why) => reject(new Error(`\`${command}\` ${why} without:\n${expected}`))
      const timer = setTimeout(() => give('ran for two minutes'), 120_000)
      changed = look
      ended.then(() => {
        look()
        give('ended')
      })
      look()
      ended.finally(() => clearTimeout(timer))
      timer.unref()
    })
  const interrupt = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    process.kill(-child.pid, 'SIGINT')
    await ended
  }
  return { command, output: () => text, showed, interrupt, ended }
}

/** A line `…` stands for any lines, and `…` in a line for any text. */
const patternOf = (expected) =>
  new RegExp(
    expected
      .split('\n')
      .map((line) => (line === '…' ? '(?:.*\n)*' : `${line.split('…').map(literal).join('.*')}\n`))
      .join(''),
  )

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const succeeded = async (terminal) => {
  const [code] = await terminal.ended
  if (code !== 0) throw new Error(`\`${terminal.command}\` failed:\n${terminal.output()}`)
  return terminal
}
