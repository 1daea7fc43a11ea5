import { createProject, execute } from './project.mjs'

export const about = 'publint and attw find nothing wrong with a tarball'

export const run = async (context) => {
  const { folder, run: runTool } = await createProject(context, {
    packed: [],
    dependencies: { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5' },
  })
  for (const tarball of context.tarballs) {
    await runTool('node_modules/.bin/publint', 'run', tarball.folder, '--pack', 'false', '--strict')
    // ESM only: `require` works on the Nodes of `engines`, and its types under nodenext.
    await execute(folder, 'node_modules/.bin/attw', [tarball.file, '--profile', 'esm-only', '--format', 'ascii'])
  }
  return `${context.tarballs.length} packages`
}
