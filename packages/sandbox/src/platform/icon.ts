import type { Route } from './routes.ts'

export const iconPath = '/favicon.svg'

/** Two rails and a switch between them, in the colours of the word "Sandbox". */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#ffd666"/>
<g fill="none" stroke="#33260a" stroke-width="3" stroke-linecap="round"><path d="M6 10h20"/><path d="M6 22h20"/><path d="M10 22 22 10"/></g></svg>`

/** The icon of all pages. Browsers ask for `/favicon.ico` where they have no page. */
export const iconRoutes: readonly Route[] = [iconPath, '/favicon.ico'].map((path) => ({
  path,
  methods: ['GET'],
  handle: () => ({
    status: 200,
    headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=86400' },
    body: icon,
  }),
}))
