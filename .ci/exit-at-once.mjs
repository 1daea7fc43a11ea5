// A process has ended when its event loop is empty. To free a heap of hundreds of megabytes first takes a test worker longer than
// the half second for which jest waits.
process.once('beforeExit', () => process.exit())
