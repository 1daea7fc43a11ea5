// What the owner does to publish. Nothing here publishes: it needs the owner's account at npm.

/**
 * The commands, in order. `hasChangesets`: the versions are not in the checkout yet. `out`: the folder with the tarballs of this commit;
 * undefined if none were written. `files`: the tarballs in the order to publish.
 */
export const publishSteps = ({ version, hasChangesets, out, files }) => {
  const isWritten = out !== undefined && !hasChangesets
  const folder = isWritten ? out : `../railswitch-${version}`
  const steps = [
    hasChangesets && [
      'Write the versions and changelogs, and commit them:',
      'npm run changeset -- version',
      'git add -A',
      `git commit -m "chore: release ${version}"`,
    ],
    !isWritten && [
      'Check that commit, and write its tarballs and SBOMs:',
      `npm run release -- --dry-run --out ${folder}`,
    ],
    ['Tag it:', `git tag -a v${version} -m ${version}`],
    [
      'Publish the tarballs in this order:',
      'npm login',
      `cd ${folder}/tarballs`,
      ...files.map((file) => `npm publish ${file} --access public`),
    ],
    [
      `Push, and attach ${folder}/sbom to the release of the repository:`,
      `git push origin HEAD v${version}   # in the checkout`,
    ],
  ].filter(Boolean)
  return steps
    .map(([title, ...commands], index) => `${index + 1}. ${title}\n${commands.map((one) => `     ${one}`).join('\n')}`)
    .join('\n')
}
