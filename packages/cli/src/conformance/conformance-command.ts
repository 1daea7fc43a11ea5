import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
The module exports a ProviderUnderTest as its default or as providerUnderTest.
The exclusions file is JSON with the reason for each known failure. The run
fails if one of them passes:

  { "CB-017": "the vendor has no signature" }

With --json: {"suite", "provider", "passed": [id], "failed": [{"id", "why"}],
"notApplicable": [{"id", "why"}]}

Exit codes: 0 passed, 1 a behaviour failed that is not excluded, 2 wrong usage.

Examples:
  railswitch conformance --provider ./mine.js
  railswitch conformance --provider ./mine.js --json result.json
  railswitch conformance --provider ./mine.js --only CB-001 CB-002`

/** `railswitch conformance`: runs the behaviours that every provider must show. */
export const conformanceCommand = (terminal: Terminal): Command =>
  new Command('conformance')
    .summary('test a provider of your own')
    .description('Runs the conformance suite on a provider and prints which behaviours it shows.')
    .requiredOption('--provider <module>', 'the module with the provider under test')
    .option('--exclusions <file>', 'a JSON file with known failures')
    .option('--json [file]', 'print the result as JSON instead of the report; with a file, write it there too')
    .option('--only <id...>', 'run only these behaviours')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runConformanceCommand } = await import('./run-conformance.ts')
      await runConformanceCommand(options, terminal)
    })
