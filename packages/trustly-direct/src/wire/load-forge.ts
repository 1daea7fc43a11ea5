import { createRequire } from 'node:module'
import type Forge from 'node-forge'

/** node-forge, loaded at the first call: few hosts need it, and verification has to stay synchronous. */
export const loadForge = (): typeof Forge => createRequire(import.meta.url)('node-forge') as typeof Forge
