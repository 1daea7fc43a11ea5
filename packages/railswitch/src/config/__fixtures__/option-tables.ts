import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as z from 'zod'
import { type OptionVariable, prefix, railSchemas, topVariables, variablesOfSchema } from '../option-variables.ts'
import { paymentsSchema } from '../read-config.ts'

/** A member of an interface of options, with the text that an editor shows. */
export interface DocumentedOption {
  readonly name: string
  readonly type: string
  readonly optional: boolean
  readonly meaning: string
  readonly default: string
}

const packages = fileURLToPath(new URL('../../../../', import.meta.url))

const sourcesOf = (folder: string): string =>
  readdirSync(join(packages, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|__fixtures__/.test(file))
    .map((file) => readFileSync(join(packages, folder, 'src', file), 'utf8'))
    .join('\n')

const membersOf = (sources: string, name: string): readonly DocumentedOption[] => {
  const [, body] = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(sources) ?? []
  if (body === undefined) throw new Error(`There is no interface ${name}.`)
  return membersIn(body, '')
}

const member = /^( +)(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n +)?readonly (\w+)(\??): (.+)$/gm

/** Members stand two spaces deeper than the object that they are in. */
const membersIn = (body: string, parent: string): readonly DocumentedOption[] =>
  [...body.matchAll(member)].flatMap(([text, indent = '', name = '', mark, type = '']) => {
    if (indent.length !== 2 || type === 'undefined') return []
    const field = parent + name
    if (type === '{') {
      const [, inner = ''] = new RegExp(`readonly ${name}\\??: \\{\\n([\\s\\S]*?)^  \\}`, 'm').exec(body) ?? []
      return membersIn(inner.replace(/^ {2}/gm, ''), `${field}.`)
    }
    const words = (/\/\*\*([\s\S]*)\*\//.exec(text)?.[1] ?? '').replace(/\n? +\* ?/g, ' ').trim()
    const [, standard = ''] = /Default: (.*?)\.?$/.exec(words) ?? []
    return [
      {
        name: field,
        type: type.replace(/ \| undefined$/, '').replaceAll('readonly ', ''),
        optional: mark === '?',
        meaning: words.replace(/ ?Default: .*$/, ''),
        default: standard,
      },
    ]
  })

const trustly = sourcesOf('trustly-direct')

/** The options that the types document, by the schema that checks them. */
export const documented = {
  payments: membersOf(sourcesOf('railswitch'), 'PaymentsConfig'),
  'trustly-direct': ['KeyOptions', 'PrivateKeyOptions', 'SignerOptions', 'AccountOptions'].flatMap((name) =>
    membersOf(trustly, name),
  ),
  'payabl-trustly': membersOf(sourcesOf('payabl-trustly'), 'PayablTrustlyOptions'),
} as const

export const schemas: { readonly [name in keyof typeof documented]: z.ZodObject } = {
  payments: paymentsSchema,
  'trustly-direct': railSchemas['trustly-direct'] as z.ZodObject,
  'payabl-trustly': railSchemas['payabl-trustly'] as z.ZodObject,
}

/** The options of a schema, by their path. */
export const fieldsOf = (schema: z.ZodObject, parent = ''): readonly (readonly [string, z.core.$ZodType])[] =>
  Object.entries(schema.shape).flatMap(([name, inner]) =>
    inner._zod.def.type === 'object' ? fieldsOf(inner as z.ZodObject, `${parent}${name}.`) : [[parent + name, inner]],
  )

const oneIsRequired: Readonly<Record<string, string>> = {
  privateKey: 'required, unless there is a `signer`',
  signer: 'required, unless there is a `privateKey`',
}

const header = ['option', 'variable', 'type', 'default', 'meaning']

const tableOf = (options: readonly DocumentedOption[], variables: readonly OptionVariable[], before: string): string =>
  [
    header,
    header.map(() => '---'),
    ...options.map(({ name, type, optional, meaning, default: standard }) => {
      const variable = variables.find(({ option }) => option === name)?.variable
      return [
        `\`${name}\``,
        variable === undefined ? '' : `\`${before}${variable}\``,
        `\`${type}\``,
        oneIsRequired[name] ?? (optional ? standard : 'required'),
        meaning,
      ].map((cell) => cell.replaceAll('|', '\\|'))
    }),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

export const generated: Readonly<Record<string, string>> = {
  payments: tableOf(documented.payments, topVariables, prefix),
  'trustly-direct': tableOf(documented['trustly-direct'], variablesOfSchema(railSchemas['trustly-direct']), '…_'),
  'payabl-trustly': tableOf(documented['payabl-trustly'], variablesOfSchema(railSchemas['payabl-trustly']), '…_'),
}
