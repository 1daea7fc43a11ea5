import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { merchantPair, trustlyPair } from '@railswitch/sandbox/fixtures/keys'
import { hasScript, runInTerminal } from '../__fixtures__/in-terminal.ts'
import { runHere } from '../__fixtures__/run-here.ts'

let folder = ''
const before = process.cwd()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'railswitch-test-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const variables = {
  RAILSWITCH_RAILS: 'trustly,payabl',
  RAILSWITCH_ACTIVE: 'payabl',
  RAILSWITCH_CALLBACK_URL: 'http://127.0.0.1:3000/callbacks',
  RAILSWITCH_CALLBACK_SECRETS: 'marked-secret-of-32-characters-or-more,marked-second-of-32-characters-more',
  RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
  RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local',
  RAILSWITCH_TRUSTLY_URL: 'http://user:marked@127.0.0.1:4270/api/1',
  RAILSWITCH_TRUSTLY_USERNAME: 'shop',
  RAILSWITCH_TRUSTLY_PASSWORD: 'marked-password',
  RAILSWITCH_TRUSTLY_PRIVATE_KEY: merchantPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  RAILSWITCH_TRUSTLY_PUBLIC_KEY: trustlyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  RAILSWITCH_PAYABL_USE: 'payabl-trustly',
  RAILSWITCH_PAYABL_ENVIRONMENT: 'local',
  RAILSWITCH_PAYABL_URL: 'http://127.0.0.1:4270/pay/backoffice',
  RAILSWITCH_PAYABL_MERCHANT_ID: 'shop-two',
  RAILSWITCH_PAYABL_SECRET: 'marked-too',
}

const inConfigFile = (): void =>
  writeFileSync(
    'railswitch.config.mjs',
    "export default { statement: 'SHOP.EXAMPLE', requires: ['deposit'], crossCheck: false }",
  )

describe('show', () => {
  test('prints each option with its source, and no secret', async () => {
    inConfigFile()
    const { code, out, err } = await runHere(['config', 'show'], { env: variables })
    expect([code, err]).toEqual([0, ''])
    expect(out).not.toMatch(/marked|BEGIN/)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).toMatch(/^active +payabl +RAILSWITCH_ACTIVE$/m)
    expect(out).toMatch(/^statement +SHOP\.EXAMPLE +railswitch\.config\.mjs$/m)
    expect(out).toMatch(/^callbacks\.secrets +\(2 secrets\) /m)
    expect(out).toMatch(/^reconciled +true +default$/m)
    expect(out).toMatch(/RSA 2048/)
    const { options } = JSON.parse((await runHere(['config', 'show', '--json'], { env: variables })).out)
    for (const { field, source } of options)
      for (const name of [field, source]) expect(out.split(/\s+/)).toContain(name)
  })

  test('in a wide terminal, is a table', async () => {
    inConfigFile()
    const { out } = await runHere(['config', 'show'], { env: variables, columns: 160 })
    expect(out).toMatch(/^option +value +from$/m)
    expect(out).toMatch(/^providers\.trustly\.privateKey +RSA 2048 .* RAILSWITCH_TRUSTLY_PRIVATE_KEY$/m)
  })

  test('--json', async () => {
    inConfigFile()
    const { out } = await runHere(['config', 'show', '--json'], { env: variables })
    expect(out).not.toMatch(/marked|BEGIN/)
    const { options } = JSON.parse(out)
    expect(options).toContainEqual({ field: 'crossCheck', value: false, source: 'railswitch.config.mjs' })
    expect(options).toContainEqual({
      field: 'providers.trustly.password',
      value: null,
      source: 'RAILSWITCH_TRUSTLY_PASSWORD',
    })
  })

  test('the environment takes precedence over --env-file', async () => {
    writeFileSync(
      'my.env',
      Object.entries({ ...variables, RAILSWITCH_ACTIVE: 'trustly', RAILSWITCH_STATEMENT: 'FROM.FILE' })
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
    const { out } = await runHere(['config', 'show', '--env-file', 'my.env'], { env: { RAILSWITCH_ACTIVE: 'payabl' } })
    expect(out).toMatch(/^active +payabl/m)
    expect(out).toMatch(/^statement +FROM\.FILE/m)
  })

  test('of a file of another name', async () => {
    writeFileSync('other.mjs', "export default { active: 'a', providers: { a: { use: 'payabl-trustly' } } }")
    expect((await runHere(['config', 'show', '--config', 'other.mjs'])).out).toMatch(/^active +a +other\.mjs$/m)
  })

  test.each([
    ['no configuration', [], /There is no configuration: .*railswitch init/s],
    ['a missing file', ['--config', 'none.mjs'], /none\.mjs: does not exist/],
    ['a missing environment file', ['--env-file', 'none.env'], /none\.env/],
  ])('%s is wrong usage', async (_, words, says) => {
    const ran = await runHere(['config', 'show', ...words])
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(says)
  })

  test('without a configuration, names the .env that is there', async () => {
    writeFileSync('.env', '')
    expect((await runHere(['config', 'show'])).err).toMatch(/Add --env-file \.env/)
  })
})

describe('check', () => {
  test('a valid configuration', async () => {
    const env = { ...variables, RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE' }
    const { code, out, err } = await runHere(['config', 'check'], { env })
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(
      'The configuration is valid. New payments use payabl.\n  trustly: trustly-direct, local\n  payabl: payabl-trustly, local\n',
    )
  })

  test('a live rail needs no store to be checked', async () => {
    const live = {
      ...Object.fromEntries(Object.entries(variables).filter(([name]) => !name.includes('TRUSTLY'))),
      RAILSWITCH_RAILS: 'payabl',
      RAILSWITCH_PAYABL_ENVIRONMENT: 'live',
      RAILSWITCH_PAYABL_URL: 'https://payabl.example/pay/backoffice',
      RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
    }
    expect(await runHere(['config', 'check'], { env: live })).toMatchObject({ code: 0 })
  })

  test('every mistake with its fix, and a warning', async () => {
    const env = { ...variables, RAILSWITCH_ACTIVE: 'paybl', RAILSWITCH_PAYABL_CHARSET: 'marked' }
    const { code, out, err } = await runHere(['config', 'check'], { env })
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^The configuration is not valid\.\n/)
    expect(out).toMatch(/ {2}RAILSWITCH_ACTIVE: is not a configured rail\n {4}to fix it: write payabl/)
    expect(out).toMatch(/RAILSWITCH_PAYABL_CHARSET/)
    expect(out).not.toContain('marked')
  })

  test('an unknown variable', async () => {
    const { code, out } = await runHere(['config', 'check'], { env: { ...variables, RAILSWITCH_PAYABL_SECRT: 'x' } })
    expect(code).toBe(1)
    expect(out).toMatch(/write RAILSWITCH_PAYABL_SECRET/)
  })

  test('--json', async () => {
    const complete = { ...variables, RAILSWITCH_STATEMENT: 'SHOP.EXAMPLE' }
    const valid = await runHere(['config', 'check', '--json'], { env: complete })
    expect(JSON.parse(valid.out)).toEqual({
      valid: true,
      active: 'payabl',
      rails: [
        { name: 'trustly', provider: 'trustly-direct', environment: 'local' },
        { name: 'payabl', provider: 'payabl-trustly', environment: 'local' },
      ],
      issues: [],
      warnings: [],
    })
    const env = { ...variables, RAILSWITCH_ACTIVE: 'paybl' }
    const invalid = await runHere(['config', 'check', '--json'], { env })
    expect(invalid).toMatchObject({ code: 1, err: '' })
    expect(JSON.parse(invalid.out)).toMatchObject({ valid: false, issues: [{ field: 'RAILSWITCH_ACTIVE' }] })
  })
})

const inTerminal = hasScript ? test : test.skip
inTerminal('a terminal shows colours, and NO_COLOR turns them off (needs Debian’s script)', async () => {
  inConfigFile()
  const coloured = await runInTerminal(['config', 'show'], { cwd: folder, env: variables })
  expect(coloured.shown).toContain('\u001b[2mRAILSWITCH_ACTIVE\u001b[22m')
  const plain = await runInTerminal(['config', 'show'], { cwd: folder, env: { ...variables, NO_COLOR: '1' } })
  expect(plain.shown).not.toContain('\u001b[2m')
})
