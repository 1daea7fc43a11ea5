// The contents and the size of each tarball against the limits.

/** What is wrong, a line each with its fix. `tarballs`: `{ name, version, packedBytes, files }` with `{ path, size }` of each file. */
export const tarballFaults = (tarballs, { budgets, allowedContents }) => [
  ...tarballs.flatMap(({ name, packedBytes, files }) => {
    const unwanted = files.filter(({ path }) => !allowedContents.includes(path.split('/')[0]))
    const missing = ['CHANGELOG.md', 'LICENSE', 'README.md'].filter((file) => !files.some(({ path }) => path === file))
    const budget = budgets[name]
    return [
      ...unwanted.map(({ path }) => `${name} contains ${path}: leave it out in .ci/packing/pack.mjs, or allow it.`),
      ...missing.map((file) => `${name} has no ${file}: .ci/packing/pack.mjs must copy it.`),
      ...(budget === undefined ? [`${name} has no budget: add one.`] : []),
      ...(kilobytes(packedBytes) > budget
        ? [`${name} has ${kilobytes(packedBytes)} kB, ${budget} are allowed: find what grew, or raise its budget.`]
        : []),
    ]
  }),
  ...Object.keys(budgets)
    .filter((name) => !tarballs.some((tarball) => tarball.name === name))
    .map((name) => `${name} has a budget and is not packed: remove it there, or make the package public.`),
]

/** A line per tarball, then what is at its top level: files and kB. */
export const tarballTable = (tarballs, { budgets }) =>
  [
    `${'package'.padEnd(28)}${'packed'.padStart(9)}${'allowed'.padStart(9)}${'unpacked'.padStart(10)}${'files'.padStart(7)}`,
    ...tarballs.flatMap(({ name, packedBytes, files }) => [
      `${name.padEnd(28)}${kB(packedBytes, 9)}${`${budgets[name]} kB`.padStart(9)}${kB(sizeOf(files), 10)}${String(files.length).padStart(7)}`,
      ...wrapped([...groups(files)].map(([top, inside]) => `${top} ${kB(sizeOf(inside), 0)}`)),
    ]),
  ].join('\n')

/** Every file of every tarball. */
export const contentsList = (tarballs) =>
  tarballs
    .map(
      ({ name, version, files }) =>
        `${name} ${version}\n${files.map(({ path, size }) => `${String(size).padStart(9)} ${path}`).join('\n')}\n`,
    )
    .join('\n')

/** Those that another one depends on come first. */
export const publishOrder = (tarballs) => {
  const ordered = []
  const add = (one) => {
    if (ordered.includes(one)) return
    for (const name of one.dependencies) {
      const needed = tarballs.find((tarball) => tarball.name === name)
      if (needed) add(needed)
    }
    ordered.push(one)
  }
  tarballs.forEach(add)
  return ordered
}

const groups = (files) => {
  const byTop = new Map()
  for (const file of files) {
    const [top, ...rest] = file.path.split('/')
    const key = rest.length > 0 ? `${top}/` : top
    byTop.set(key, [...(byTop.get(key) ?? []), file])
  }
  return byTop
}

/** Joined with commas, in lines of at most 80 columns. */
const wrapped = (words) =>
  words.reduce((lines, word) => {
    const last = lines.at(-1)
    if (last !== undefined && `${last}, ${word}`.length < 80) return [...lines.slice(0, -1), `${last}, ${word}`]
    return [...(last === undefined ? [] : [...lines.slice(0, -1), `${last},`]), `  ${word}`]
  }, [])

const sizeOf = (files) => files.reduce((total, { size }) => total + size, 0)

const kilobytes = (bytes) => Math.ceil(bytes / 1024)

const kB = (bytes, width) => `${kilobytes(bytes)} kB`.padStart(width)
