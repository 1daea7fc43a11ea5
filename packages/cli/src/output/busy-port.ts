/** The error for a port that another process uses; any other error unchanged. `name`: what names the port, if no option does. */
export const busyPort = (error: unknown, port: number, name = String(port)): unknown =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    ? new Error(`The port ${name} is in use (EADDRINUSE). Stop what uses it, or choose another one with --port.`)
    : error
