// Names and sentences use the words of docs/glossary.md: this check finds those that they replaced.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What to write instead, by the word that is not to be used. */
const instead = {
  adopt: 'importPayment',
  adopted: 'imported',
  dialect: 'wire variants',
  misfits: 'onUnencodable',
  observation: 'report',
  twin: 'sandbox',
  twins: 'equal, second',
  misfit: 'onUnencodable',
  lent: 'leased',
  loan: 'lease',
  told: 'reported, received',
  standing: 'state',
  surroundings: 'transport, clock',
  news: 'report, update, notification',
  settle: 'sync, resolve',
  settles: 'syncs, resolves',
  settling: 'sync, resolving',
  desk: 'operator view',
  habit: 'common mistake',
  habits: 'common mistakes',
  interference: 'chaos',
  mend: 'fix, correct',
  mended: 'fixed, corrected',
  portal: 'back office',
  riddle: 'a plain sentence',
}
const phrases = {
  'judge begin': 'checkIntent',
  'needs person': 'needsReview',
  'for person': 'manualReview',
  'put before a person': 'manual review',
}
/** Where a word means something else: addresses, PostgreSQL's dialect of Kysely, and settlements, which move money to the merchant's bank. */
const allowed =
  /https?:\/\/[^\s)'"`]+|trustly\.settle\(|PostgresDialect|dialect:|`settle\(|readonly settle: \(|^ {2,4}settle: \(|const settle = \(Amount|await settle\(/g

/** docs/api is written from sources that are checked. */
const isChecked = (file) =>
  /\.(?:ts|js|mjs|md|sql|json)$/.test(file) &&
  !/^docs\/(?:decisions|api\/|glossary\.md)|check-words\.mjs$|pnpm-lock|\/golden\/|\/samples\/|\/vectors\//.test(file)

const words = (line) =>
  line
    .replace(allowed, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase()

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const faults = listed
  .split('\n')
  .filter((file) => isChecked(file) && existsSync(`${root}/${file}`))
  .flatMap((file) =>
    readFileSync(`${root}/${file}`, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const text = words(line)
        const found = (text.match(/[a-z]+/g) ?? []).find((word) => Object.hasOwn(instead, word))
        const phrase = Object.keys(phrases).find((one) => text.includes(one))
        const wrong = found ?? phrase
        return wrong ? [`${file}:${index + 1}: "${wrong}": write ${instead[wrong] ?? phrases[wrong]}`] : []
      }),
  )
if (faults.length > 0) {
  console.error(faults.join('\n'))
  console.error(`${faults.length} words that docs/glossary.md replaced.`)
  process.exit(1)
}
