/** Real time: what waits on the wire does not follow the sandbox's clock. */
export const pause = (ms: number, closing?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref()
    closing?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
