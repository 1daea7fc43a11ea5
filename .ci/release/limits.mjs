// What a release may contain. A change of these is a decision: say why in the commit.

/** The largest packed tarball of each public package, in kB of 1024 bytes: about a fifth above today's. */
const budgets = {
  railswitch: 145,
  '@railswitch/callbacks': 25,
  '@railswitch/cli': 110,
  '@railswitch/conformance': 95,
  '@railswitch/core': 170,
  '@railswitch/payabl-trustly': 150,
  '@railswitch/sandbox': 215,
  '@railswitch/store-postgres': 40,
  '@railswitch/trustly-direct': 140,
}

/** What the top level of a tarball may hold. */
const allowedContents = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD-PARTY.md',
  'bin',
  'dist',
  'docs',
  'examples',
  'package.json',
  'templates',
]

/** Licenses that ask for no more than to be passed on. `A OR B` needs one of them, `A AND B` both. */
const allowedLicenses = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** Packages that state no license in their package.json, with the license of their LICENSE file: `'name@version': 'MIT'`. */
const readLicenses = {}

export const limits = { budgets, allowedContents, allowedLicenses, readLicenses }
