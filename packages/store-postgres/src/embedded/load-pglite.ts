import { createRequire } from 'node:module'
import { type Issue, storeFailed } from '@railswitch/core/store'

type Module = typeof import('@electric-sql/pglite')

/** Loads PGlite with the first call, because only the embedded store needs it. `load`: for tests. */
export const loadPglite = async (
  load: () => Promise<Module> = () => import('@electric-sql/pglite'),
): Promise<Module> => {
  try {
    return await load()
  } catch (cause) {
    throw storeFailed(
      {
        message: 'The embedded store could not load the package @electric-sql/pglite.',
        hint: 'Install it: npm install @electric-sql/pglite. In production, use postgresStore({ pool }).',
      },
      { cause },
    )
  }
}

/**
 * Whether PGlite is missing, without loading it. A bundler may have included it, so only the package as npm installs it is checked.
 * `place`, `resolve`: for tests.
 */
export const pgliteIssues = (
  place: string = import.meta.url,
  resolve: (name: string) => string = (name) => createRequire(place).resolve(name),
): readonly Issue[] => {
  if (!/[/\\]node_modules[/\\]@railswitch[/\\]store-postgres[/\\]/.test(place)) return []
  try {
    resolve('@electric-sql/pglite')
    return []
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND'
      ? [
          {
            field: 'store',
            rule: 'embeddedStore() needs the package @electric-sql/pglite, which is not installed',
            fix: 'install it: npm install @electric-sql/pglite',
          },
        ]
      : []
  }
}
