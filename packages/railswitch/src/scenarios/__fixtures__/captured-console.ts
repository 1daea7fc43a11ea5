/** Runs `run` and returns the lines that were written to the console meanwhile, each with its method. */
export const capturedConsole = async (run: () => Promise<unknown>): Promise<readonly string[]> => {
  const lines: string[] = []
  const methods = ['log', 'info', 'debug', 'warn', 'error'] as const
  const before = methods.map((method) => [method, console[method]] as const)
  for (const method of methods) console[method] = (...words: unknown[]) => void lines.push(`${method} ${words.join(' ')}`)
  try {
    await run()
  } finally {
    for (const [method, original] of before) console[method] = original
  }
  return lines
}
