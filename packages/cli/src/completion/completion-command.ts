import { Argument, Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  source <(railswitch completion bash)         for this shell
  railswitch completion bash >> ~/.bashrc      for every new one`

/** `railswitch completion`: the script that lets a shell complete commands and options. */
export const completionCommand = (terminal: Terminal, program: () => Command): Command =>
  new Command('completion')
    .summary('print the completion script of a shell')
    .description('Prints a script with which the shell completes commands, options and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash']))
    .addHelpText('after', help)
    .action(async () => {
      const { bashCompletion } = await import('./bash-completion.ts')
      terminal.out(bashCompletion(program()))
    })
