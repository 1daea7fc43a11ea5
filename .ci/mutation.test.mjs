// The tests of one area in one file: a mutant then costs one load of the modules, not one for each test file.
import fc from 'fast-check'

// A mutant has every test again: a property draws a few cases here, and always the same.
fc.configureGlobal({ seed: 12, numRuns: 20, interruptAfterTimeLimit: 50 })
for (const file of globalThis.testFiles) await import(`../${file}`)
