import { type Command, CommanderError } from 'commander'

const helpFlags = ['--help', '-h']

export const asksForHelp = (words: readonly string[]): boolean =>
  words[0] === 'help' || words.some((word) => helpFlags.includes(word))

/** The unknown option instead of the required one that is missing: probably it is the same one. Any other error stays. */
export const misspeltOption = async (thrown: unknown, program: Command, words: readonly string[]): Promise<unknown> => {
  if (!(thrown instanceof CommanderError) || thrown.code !== 'commander.missingMandatoryOptionValue') return thrown
  return checkWords(program, words).then(
    () => thrown,
    (error) => error,
  )
}

/** Throws for an unknown command or option, which commander does not notice where the line also asks for help. */
export const checkWords = async (program: Command, words: readonly string[]): Promise<void> => {
  const isHelpCommand = words[0] === 'help'
  let command = program
  let rest = words.slice(isHelpCommand ? 1 : 0).filter((word) => !helpFlags.includes(word))
  for (;;) {
    const { operands, unknown } = command.parseOptions(rest)
    const [operand] = operands
    const [option] = unknown.filter((word) => word.startsWith('-'))
    if (command.commands.length === 0 || operand === undefined) {
      if (option !== undefined) return refuse(command, 'option', option, flagsOf(command))
      return
    }
    const next = command.commands.find((one) => one.name() === operand)
    if (!next)
      return refuse(
        command,
        'command',
        operand,
        command.commands.map((one) => one.name()),
      )
    command = next
    rest = [...operands.slice(1), ...unknown]
  }
}

const flagsOf = (command: Command): readonly string[] =>
  command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]))

const refuse = async (
  command: Command,
  kind: 'command' | 'option',
  word: string,
  known: readonly string[],
): Promise<void> => {
  const { closest } = await import('@railswitch/core')
  const meant = closest(word, known)
  command.error(`error: unknown ${kind} '${word}'${meant === null ? '' : `\n(Did you mean ${meant}?)`}`, {
    exitCode: 2,
  })
}
