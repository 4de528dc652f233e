import { glob, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { exportedNames } from './exported-names.ts'

/** An index that exports more holds two packages. */
const MAX_EXPORTS = 85
/** A folder of the server with more source files is not seen at a glance. */
const MAX_FILES = 26

/** Returns a sentence for each index of a package, and each folder of the server, that has grown too large. */
export async function largeParts(root: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob('{packages,apps}/*/src/**/*.ts', { cwd: root })) if (!file.endsWith('.test.ts')) files.push(file)
  const problems: string[] = []
  for (const index of files.filter(file => /^packages\/[^/]+\/src\/(?:\w+\/)?index\.ts$/.test(file)).toSorted()) {
    const { length } = exportedNames(await readFile(join(root, index), 'utf8'))
    if (length > MAX_EXPORTS) problems.push(`${index} exports ${length} names, more than ${MAX_EXPORTS}: export less, or split the package.`)
  }
  const ofServer = files.filter(file => file.startsWith('apps/'))
  for (const [folder, { length }] of Map.groupBy(ofServer, file => dirname(file))) {
    if (length > MAX_FILES) problems.push(`${folder} has ${length} source files, more than ${MAX_FILES}: group them in folders.`)
  }
  return problems
}
