/** The frameworks of `init`, with the name that is shown and the commands that start the application, and start it again. */
export const frameworks = {
  express: { label: 'Express 5', start: 'npm start', restart: 'npm start' },
  fastify: { label: 'Fastify 5', start: 'npm start', restart: 'npm start' },
  hono: { label: 'Hono', start: 'npm start', restart: 'npm start' },
  next: { label: 'Next.js', start: 'npm run dev', restart: 'npm run dev' },
  nest: { label: 'NestJS', start: 'npm run build && npm start', restart: 'npm start' },
} as const

export type Framework = keyof typeof frameworks
