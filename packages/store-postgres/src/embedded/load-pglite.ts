import { storeFailed } from '@railswitch/core/store'

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
