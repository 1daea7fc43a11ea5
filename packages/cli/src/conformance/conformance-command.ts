import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
The module exports a ProviderUnderTest as its default or as providerUnderTest. The exclusions file is JSON with the
reason for each known failure. The run fails if one of them passes:

  { "CB-017": "the vendor has no signature" }

Examples:
  railswitch conformance --provider ./mine.js                    print a report
  railswitch conformance --provider ./mine.js --json verdict.json    also write the verdict as JSON
  railswitch conformance --provider ./mine.js --only CB-001 CB-002   run some of the behaviours

Exit code 1: a behaviour failed that is not excluded.`

/** `railswitch conformance`: runs the behaviours that every provider must show. */
export const conformanceCommand = (terminal: Terminal): Command =>
  new Command('conformance')
    .summary('test a provider of your own')
    .description('Runs the conformance suite on a provider and prints which behaviours it shows.')
    .requiredOption('--provider <module>', 'the module with the provider under test')
    .option('--exclusions <file>', 'a JSON file with known failures')
    .option('--json <file>', 'write the verdict to this file')
    .option('--only <id...>', 'run only these behaviours')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runConformanceCommand } = await import('./run-conformance.ts')
      await runConformanceCommand(options, terminal)
    })
