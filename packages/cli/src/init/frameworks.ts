/** The frameworks of `init`, with the name that is shown and the command that starts the shop. */
export const frameworks = {
  express: { label: 'Express 5', start: 'npm start' },
  fastify: { label: 'Fastify 5', start: 'npm start' },
  hono: { label: 'Hono', start: 'npm start' },
  next: { label: 'Next.js', start: 'npm run dev' },
  nest: { label: 'NestJS', start: 'npm run build && npm start' },
} as const

export type Framework = keyof typeof frameworks
