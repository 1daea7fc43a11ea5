// `node .ci/pack.mjs [folder]` builds what is published into `packages/*/publish`, and the tarballs into `folder`.
import { mkdirSync } from 'node:fs'
import { buildPackages, packAll, writePublishFolders } from './packing/pack.mjs'

buildPackages()
const [folder] = process.argv.slice(2)
if (folder) {
  mkdirSync(folder, { recursive: true })
  for (const { name, packedBytes, unpackedBytes } of await packAll(folder))
    console.log(`${name.padEnd(28)} ${kilobytes(packedBytes)} packed, ${kilobytes(unpackedBytes)} unpacked`)
} else await writePublishFolders()

function kilobytes(bytes) {
  return `${Math.ceil(bytes / 1024)} kB`.padStart(8)
}
