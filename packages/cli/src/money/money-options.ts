import { type Command, Option } from 'commander'
import { configHelp, storeHelp, withConfigAndStoreOptions } from '../application/options.ts'
import { toAttempt } from '../option-values.ts'

/** For the help of commands that move money. */
export const moneyHelp = `
The same command again never pays twice: the reference is the key under which the
payment is recorded, and a recorded payment is not sent again. Events of the
payment wait for the application, which handles them.

A live rail needs --live, and a person who types the amount and the account.
${configHelp}
${storeHelp}`

/** For commands that move money. */
export const withMoneyOptions = (command: Command): Command =>
  withConfigAndStoreOptions(
    command
      .requiredOption('--reference <reference>', 'your own new reference, the key of the payment')
      .requiredOption('--amount <value>', 'the money, such as 249.90'),
  )
    .addOption(new Option('--attempt <number>', 'another attempt after a refusal').argParser(toAttempt))
    .option('--live', 'allow a live rail')
    .option('--json', 'print the result as JSON')
