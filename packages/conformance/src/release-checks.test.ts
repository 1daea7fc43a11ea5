type Json = Record<string, unknown>
type Check = (...words: readonly unknown[]) => unknown

const load = async <Name extends string>(file: string): Promise<Readonly<Record<Name, Check>>> =>
  import(new URL(`../../../.ci/release/${file}.mjs`, import.meta.url).href)

const tarballs = await load<'tarballFaults' | 'tarballTable' | 'publishOrder'>('tarballs')
const { tarballFaults, tarballTable, publishOrder } = tarballs
const licenses = await load<'thirdPartyOf' | 'licenseFaults' | 'licenseCounts'>('licenses')
const { thirdPartyOf, licenseFaults, licenseCounts } = licenses
const { publishSteps } = await load<'publishSteps'>('instructions')

describe('tarballs', () => {
  const files = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/index.js'].map((path) => ({ path, size: 1000 }))
  const one = { name: 'railswitch', packedBytes: 2000, files }
  const limits = {
    budgets: { railswitch: 2 },
    allowedContents: ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist'],
  }

  test('one within its limits has no fault', () => {
    expect(tarballFaults([one], limits)).toEqual([])
  })

  test.each<[string, Json, string]>([
    ['a file that is not allowed', { files: [...files, { path: 'src/index.ts', size: 1 }] }, 'contains src/index.ts'],
    ['a missing changelog', { files: files.slice(1) }, 'has no CHANGELOG.md'],
    ['a byte above the budget', { packedBytes: 2049 }, 'has 3 kB, 2 are allowed'],
    ['a package without a budget', { name: '@railswitch/new' }, '@railswitch/new has no budget'],
  ])('%s is a fault', (_, change, message) => {
    expect(tarballFaults([{ ...one, ...change }], limits)).toContainEqual(expect.stringContaining(message))
  })

  test('a budget of a package that is not packed is a fault', () => {
    expect(tarballFaults([], limits)).toEqual([expect.stringContaining('is not packed')])
  })

  test('the table has at most 80 columns', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ path: `folder-${index}/file.js`, size: 99_999 }))
    const lines = String(tarballTable([{ ...one, files: many }], limits)).split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.join('\n')).toContain('folder-19/ 98 kB')
  })

  test('what a package depends on is published before it', () => {
    const [cli, railswitch, core] = [
      { name: 'cli', dependencies: ['railswitch', 'commander'] },
      { name: 'railswitch', dependencies: ['core'] },
      { name: 'core', dependencies: [] },
    ]
    expect(publishOrder([cli, railswitch, core])).toEqual([core, railswitch, cli])
  })
})

describe('licenses', () => {
  const allowed = ['MIT', 'BSD-3-Clause']
  const faultsOf = (license: string | null) => licenseFaults([{ name: 'x@1.0.0', license }], allowed)

  test.each([
    'MIT',
    '(BSD-3-Clause OR GPL-2.0)', // node-forge 1.4.3
    'MIT or MPL-2.0', // ibantools 4.5.4
    '(MIT AND (GPL-2.0 OR BSD-3-Clause))',
    'GPL-2.0 AND GPL-3.0 OR MIT',
  ])('%s is allowed', (license) => {
    expect(faultsOf(license)).toEqual([])
  })

  test.each([
    'GPL-2.0',
    'MIT AND GPL-2.0',
    'GPL-2.0 OR AGPL-3.0',
    'SEE LICENSE IN LICENSE.txt',
    '(MIT',
    'MIT)',
    'MIT GPL-2.0',
    '',
  ])('%s is refused', (license) => {
    expect(faultsOf(license)).toEqual([expect.stringContaining(`has the license ${license}:`)])
  })

  test('a package without a license is refused, unless somebody has read its file', () => {
    const bom = { components: [{ name: 'x', version: '1.0.0', purl: 'pkg:npm/x@1.0.0' }] }
    expect(licenseFaults(thirdPartyOf([bom], {}), allowed)).toEqual([expect.stringContaining('states no license')])
    expect(licenseFaults(thirdPartyOf([bom], { 'x@1.0.0': 'MIT' }), allowed)).toEqual([])
  })

  // Components as pnpm 12.21.0 writes them: `pnpm sbom --sbom-format cyclonedx`.
  test('the components of all SBOMs count once, and ours do not', () => {
    const api = {
      group: '@opentelemetry',
      name: 'api',
      version: '1.10.0',
      purl: 'pkg:npm/%40opentelemetry/api@1.10.0',
      licenses: [{ license: { id: 'Apache-2.0' } }],
    }
    const forge = {
      name: 'node-forge',
      version: '1.4.3',
      purl: 'pkg:npm/node-forge@1.4.3',
      licenses: [{ expression: '(BSD-3-Clause OR GPL-2.0)' }],
    }
    const core = { group: '@railswitch', name: 'core', version: '0.1.0', purl: 'pkg:npm/%40railswitch/core@0.1.0' }
    const found = thirdPartyOf([{ components: [api, core] }, { components: [forge, api] }, {}], {})
    expect(found).toEqual([
      { name: '@opentelemetry/api@1.10.0', license: 'Apache-2.0' },
      { name: 'node-forge@1.4.3', license: '(BSD-3-Clause OR GPL-2.0)' },
    ])
    expect(licenseCounts(found)).toBe('Apache-2.0 1, (BSD-3-Clause OR GPL-2.0) 1')
  })
})

describe('what the owner runs', () => {
  const release = { version: '0.1.0', files: ['railswitch-core-0.1.0.tgz', 'railswitch-0.1.0.tgz'] }

  test('versions come first while there are changesets', () => {
    const steps = String(publishSteps({ ...release, hasChangesets: true, out: '../before' }))
    expect(steps).toMatch(/changeset -- version[\s\S]*--out \.\.\/railswitch-0\.1\.0[\s\S]*git tag[\s\S]*npm publish/)
    expect(steps).not.toContain('../before')
  })

  test('tarballs of a commit that has its versions are published from where they were written', () => {
    const steps = String(publishSteps({ ...release, hasChangesets: false, out: '../there' }))
    expect(steps).not.toMatch(/changeset|dry-run/)
    expect(steps).toMatch(/cd \.\.\/there\/tarballs\n.*core-0\.1\.0\.tgz --access public\n.*railswitch-0\.1\.0\.tgz/)
  })
})
