// README, examples and the documentation that a package carries.
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'

export const copyDocuments = ({ folder: source }, folder) => {
  cpSync(join(source, 'README.md'), join(folder, 'README.md'))
  if (existsSync(join(source, 'examples')))
    cpSync(join(source, 'examples'), join(folder, 'examples'), { recursive: true })
}
