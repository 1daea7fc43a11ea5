import type { Command } from 'commander'

/** Where a command reads the configuration of the shop. */
export interface ConfigOptions {
  readonly config?: string
  readonly envFile?: string
}

export const withConfigOptions = (command: Command): Command =>
  command
    .option('--config <file>', 'the configuration file; default: railswitch.config.* of this folder')
    .option('--env-file <file>', 'a file with environment variables, such as .env')

/** For the help of commands that read a configuration. */
export const configHelp = `
The configuration comes from railswitch.config.* of this folder or the file of
--config, and from the variables RAILSWITCH_… of the environment and of
--env-file. The environment takes precedence over both files.`
