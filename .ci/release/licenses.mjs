// The licenses of everything that an installation brings, from the SBOMs.

/** Each component of the SBOMs that is not ours, once: `{ name, license }`, with `name@version` and null where no license is stated. */
export const thirdPartyOf = (boms, readLicenses) => {
  const components = boms.flatMap(({ components = [] }) => components).filter(({ purl }) => !isOurs(purl))
  const licenses = new Map(
    components.map((component) => {
      const name = `${component.group ? `${component.group}/` : ''}${component.name}@${component.version}`
      return [name, readLicenses[name] ?? licenseOf(component)]
    }),
  )
  return [...licenses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, license]) => ({ name, license }))
}

/** What is wrong, a line each with its fix. */
export const licenseFaults = (thirdParty, allowedLicenses) =>
  thirdParty.flatMap(({ name, license }) => {
    if (license === null)
      return [`${name} states no license: read its LICENSE file, and add it to readLicenses or remove the package.`]
    return isAllowed(license, allowedLicenses)
      ? []
      : [`${name} has the license ${license}: remove the package, or allow the license if it asks nothing of users.`]
  })

/** How many packages have each license, the most frequent first. */
export const licenseCounts = (thirdParty) => {
  const counts = new Map()
  for (const { license } of thirdParty) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([license, count]) => `${license} ${count}`)
    .join(', ')
}

const isOurs = (purl) => /^pkg:npm\/(?:%40railswitch\/|railswitch@)/.test(purl)

const licenseOf = ({ licenses = [] }) => {
  const stated = licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name).filter(Boolean)
  return stated.length > 0 ? stated.join(' AND ') : null
}

/** An SPDX expression; some packages write `or` in small letters. One with both words and no brackets means AND first, as in SPDX. */
const isAllowed = (expression, allowed) => {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? []
  const isNext = (word) => tokens[0]?.toUpperCase() === word
  const readOr = () => {
    let result = readAnd()
    while (isNext('OR')) {
      tokens.shift()
      const right = readAnd()
      result = result || right
    }
    return result
  }
  const readAnd = () => {
    let result = readOne()
    while (isNext('AND')) {
      tokens.shift()
      const right = readOne()
      result = result && right
    }
    return result
  }
  const readOne = () => {
    const token = tokens.shift()
    if (token !== '(') return allowed.includes(token)
    const result = readOr()
    return tokens.shift() === ')' && result
  }
  const result = readOr()
  return tokens.length === 0 && result
}
