import { Argument, Command, Option } from 'commander'
import type { Terminal } from '../terminal.ts'
import { frameworks } from './frameworks.ts'

const help = `
Writes an application, a small shop, that takes deposits on both rails and refunds
them: the configuration, .env, the callback route, the event handlers, and a smoke
test.
Existing files are kept, unless you agree to overwrite them or pass --force.

With --json: {"folder", "framework", "written": [file], "kept": [file]}

Examples:
  railswitch init --framework express
  railswitch init shop --framework hono
  railswitch init                          asks for the framework`

/** `railswitch init`: a new application. */
export const initCommand = (terminal: Terminal): Command =>
  new Command('init')
    .summary('write an application that runs')
    .description('Writes an application that runs on both rails of the sandbox.')
    .addArgument(new Argument('[folder]', 'where it is written').default('.'))
    .addOption(new Option('--framework <name>', 'the web framework').choices(Object.keys(frameworks)))
    .option('--force', 'overwrite existing files without asking')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (folder, options) => {
      const { initProject } = await import('./init-project.ts')
      await initProject(folder, options, terminal)
    })
