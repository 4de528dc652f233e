import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { exportedNames } from './exported-names.ts'
import { largeParts } from './large-parts.ts'

it('finds the names that a module exports', () => {
  const text = [
    "export { one, type Two, three as Three } from './a.ts'",
    "export type { Four } from './b.ts'",
    "// export { none } from './c.ts'",
    'export const five = 5',
    'export async function six() {}',
    'export interface Seven {}',
    'const eight = 8',
  ].join('\n')
  expect(exportedNames(text)).toEqual(['one', 'Two', 'Three', 'Four', 'five', 'six', 'Seven'])
})

it('reports an index with too many exports and a folder with too many source files', async () => {
  await using project = await projectWith({
    'packages/small/src/index.ts': "export { one } from './one.ts'",
    'packages/wide/src/index.ts': `export { ${Array.from({ length: 86 }, (_, i) => `name${i}`).join(', ')} } from './all.ts'`,
    ...Object.fromEntries(Array.from({ length: 27 }, (_, i) => [`apps/server/src/many/file-${i}.ts`, ''])),
    ...Object.fromEntries(Array.from({ length: 26 }, (_, i) => [`apps/server/src/few/file-${i}.ts`, ''])),
    'apps/server/src/few/file.test.ts': '',
  })
  expect(await largeParts(project.path)).toEqual([
    'packages/wide/src/index.ts exports 86 names, more than 85: export less, or split the package.',
    'apps/server/src/many has 27 source files, more than 26: group them in folders.',
  ])
})

async function projectWith(files: Readonly<Record<string, string>>): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'tollgate-structure-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
