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

/** The same for a key or a secret that does not fit. */
export const checkSecretOption = (account: RailOfAccount, option: string): string => {
  const hints = sandboxHint(account)
  const condition = hints.length > 0 ? 'Otherwise' : 'If this is so every time'
  return [...hints, `${condition}, ${checkOption(account, option)}`].join(' ')
}

/** The probable cause of a wrong key or secret at a sandbox, with its fix. */
export const sandboxHint = ({ environment }: RailOfAccount): readonly string[] =>
  environment === 'local'
    ? [
        'If a sandbox was started after the application, restart the application: each start of a sandbox makes new keys and secrets.',
      ]
    : []
