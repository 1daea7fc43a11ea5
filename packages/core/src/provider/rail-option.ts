/** The variable of a rail's option: `RAILSWITCH_NORTH_PRIVATE_KEY` of `privateKey` of `north`. */
export const railVariable = (rail: string, option: string): string => railPrefix(rail) + variableName(option)

/** What the variables of a rail begin with. */
export const railPrefix = (rail: string): string => `RAILSWITCH_${rail.toUpperCase().replaceAll('-', '_')}_`

/** `PRIVATE_KEY` of `privateKey`. */
export const variableName = (option: string): string => option.replace(/[A-Z]/g, '_$&').toUpperCase()

/** The rail of an account, for errors. Undefined: the provider was created without `createPayments`. */
export interface RailOfAccount {
  readonly rail?: string | undefined
  readonly environment?: string | undefined
}

/** Part of a hint: the option to check, and its variable. */
export const checkOption = ({ rail }: RailOfAccount, option: string): string =>
  rail === undefined
    ? `check \`${option}\`.`
    : `check \`${option}\` of rail ${rail} (${railVariable(rail, option)} or its _FILE).`

/** The same for a key or a secret. */
export const checkSecretOption = (account: RailOfAccount, option: string): string =>
  [checkOption(account, option), ...sandboxHint(account)].join(' ')

/** What else a wrong key or secret can mean. */
export const sandboxHint = ({ environment }: RailOfAccount): readonly string[] =>
  environment === 'local'
    ? ['A sandbox makes new keys and secrets when it starts: restart the application after it.']
    : []
