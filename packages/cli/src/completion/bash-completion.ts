import type { Command, Option } from 'commander'

/** A script that needs no start of Node: the commands and options are in it. */
export const bashCompletion = (program: Command): string => `# The completion of railswitch for bash.
_railswitch() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= word words=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
      ${pathsOf(program).map(quoted).join(' | ')}) command="$command $word" ;;
    esac
  done
  case "$command $before" in
${valuesOf(program)
  .map(({ path, flag, values }) => `    ${quoted(`${path} ${flag}`)}) words=${quoted(values.join(' '))} ;;`)
  .join('\n')}
    *) case "$command" in
${wordsOf(program)
  .map(({ path, words }) => `      ${quoted(path)}) words=${quoted(words.join(' '))} ;;`)
  .join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _railswitch railswitch
`

interface Placed {
  readonly path: string
  readonly command: Command
}

/** Every command with its path, such as ` payabl verify`. */
const placed = (command: Command, path = ''): readonly Placed[] => [
  { path, command },
  ...command.commands.flatMap((one) => placed(one, `${path} ${one.name()}`)),
]

const pathsOf = (program: Command): readonly string[] =>
  placed(program)
    .map(({ path }) => path)
    .filter((path) => path !== '')

const wordsOf = (program: Command) =>
  placed(program).map(({ path, command }) => ({
    path,
    words: [
      ...command.commands.map((one) => one.name()),
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ...command.options.map(flagOf),
      '--help',
    ],
  }))

const valuesOf = (program: Command) =>
  placed(program).flatMap(({ path, command }) =>
    command.options
      .filter(({ argChoices }) => argChoices !== undefined)
      .map((option) => ({ path, flag: flagOf(option), values: option.argChoices ?? [] })),
  )

const flagOf = ({ long, short }: Option): string => long ?? short ?? ''

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
