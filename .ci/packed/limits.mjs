import { createProject, usual } from './project.mjs'

export const about = 'what docs/installing.md says does not work fails as it says, and its way out works'

const tsconfig = (compilerOptions) =>
  JSON.stringify({
    compilerOptions: { target: 'es2023', types: ['node'], strict: true, noEmit: true, ...compilerOptions },
    files: ['use.ts'],
  })

const use = `import { money } from 'railswitch'\nexport const price = money('249.90', 'SEK')\n`

const jestTest = (load) => `test('money', async () => {
  ${load}
  expect(money('249.90', 'SEK')).toEqual({ value: '249.90', currency: 'SEK' })
})
`

/** Rejects unless the command fails with this text. */
const fails = async (command, text) => {
  const message = await command.then(
    () => 'it works',
    (error) => error.message,
  )
  if (!text.test(message)) throw new Error(`expected ${text}:\n${message}`)
}

export const run = async (context) => {
  const { run: runTool } = await createProject(context, {
    packed: [...usual],
    dependencies: { '@types/node': '20.19.43', jest: '30.5.2', typescript: '5.9.3' },
    files: {
      'use.ts': use,
      ...Object.fromEntries(
        ['node16', 'node18', 'node20', 'nodenext'].map((module) => [`tsconfig.${module}.json`, tsconfig({ module })]),
      ),
      'tsconfig.node10.json': tsconfig({ module: 'commonjs', moduleResolution: 'node10' }),
      'static.test.js': jestTest("const { money } = require('railswitch')"),
      'dynamic.test.js': jestTest("const { money } = await import('railswitch')"),
      'module.test.mjs': `import { money } from 'railswitch'\n${jestTest('')}`,
      'jest.config.json': '{ "testMatch": ["**/*.test.?(m)js"] }',
    },
  })
  const compile = (name) => runTool('node', 'node_modules/typescript/bin/tsc', '-p', `tsconfig.${name}.json`)
  await fails(compile('node16'), /TS1479/)
  await fails(compile('node18'), /TS1479/)
  await fails(compile('node10'), /TS2307/)
  await compile('node20')
  await compile('nodenext')
  const jest = (...words) => runTool('node', ...words)
  await fails(jest('node_modules/jest/bin/jest.js', 'static'), /Must use import|Cannot use import statement/)
  const modules = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js']
  await jest(...modules, 'dynamic')
  await jest(...modules, 'module')
  return 'CommonJS with node16, node18 and node10; Jest in its default mode'
}
