import { commands } from './commands.ts'
import { configuration } from './configuration.ts'
import { environment } from './environment.ts'
import { inputs } from './inputs.ts'
import { stores } from './stores.ts'

export const mistakes = { configuration, environment, stores, inputs, commands }
