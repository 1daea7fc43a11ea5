import { createHash } from 'node:crypto'
import { firstVersion } from './first-version.ts'
import { happenedOnADay } from './happened-on-a-day.ts'

/** One step of the schema. Released steps never change; later ones only add, so that an older release works beside a newer one. */
interface Migration {
  readonly name: string
  readonly statements: (schema: string) => readonly string[]
}

/** In order: the first is version 1. */
const migrations: readonly Migration[] = [
  { name: 'payments, intents, vendor ids, reports, emitted events', statements: firstVersion },
  { name: 'what happened on a day', statements: happenedOnADay },
]

/** The version that this release needs. */
export const schemaVersion = migrations.length

/** A digest of each step, stored beside its number, because another build may have another step of that number. */
export const checksums: readonly string[] = migrations.map(({ statements }) =>
  createHash('sha256').update(statements('"schema"').join(';\n')).digest('hex'),
)

/** The tables of all steps, and last the one that records the steps. */
export const tableNames: readonly string[] = [
  ...migrations.flatMap(({ statements }) =>
    statements('"schema"').flatMap((statement) => /^create table "schema"\.(\w+)/.exec(statement)?.[1] ?? []),
  ),
  'migrations',
]

/** Needs the right to create schemas, unlike the rest: left out where an administrator has created the schema. */
export const createSchema = (schema: string): string => `create schema if not exists ${schema}`

/** The statements that lead from one version to this release's, each of them one command. */
export const statementsAfter = (version: number, schema: string): readonly string[] => [
  ...(version === 0
    ? [
        `create table ${schema}.migrations (
  version integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now()
)`,
      ]
    : []),
  ...migrations.flatMap(({ name, statements }, index) =>
    index < version
      ? []
      : [
          ...statements(schema),
          `insert into ${schema}.migrations (version, name, checksum)
  values (${index + 1}, '${name.replaceAll("'", "''")}', '${checksums[index]}')`,
        ],
  ),
]
