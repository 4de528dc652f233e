import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { undeclaredImports } from './undeclared-imports.ts'

it('finds what a packed package imports and does not declare, in code and in types', async () => {
  await using directory = await packageWith({
    'index.js': [`import { a } from './a.js';`, `import { z } from 'zod';`, `export {\n  b,\n} from '@scope/undeclared/deep';`].join('\n'),
    'a.d.ts': [`import 'side-effect';`, `export declare const at: import("temporal-polyfill").Temporal.Instant;`].join('\n'),
    'statement.js': `export const STATE = 'from "nowhere"';\nexport const SQL = "delete from 'table'";\nimport { readFile } from 'node:fs/promises';`,
  })
  const found = await undeclaredImports({ name: '@scope/one', directory: directory.path, declared: ['zod'], tarball: '', entries: [], peers: [] })
  expect(found.toSorted()).toEqual([
    '@scope/one: dist/a.d.ts imports side-effect, which its package.json does not declare',
    '@scope/one: dist/a.d.ts imports temporal-polyfill, which its package.json does not declare',
    '@scope/one: dist/index.js imports @scope/undeclared/deep, which its package.json does not declare',
  ])
})

async function packageWith(files: Readonly<Record<string, string>>): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'tollgate-undeclared-'))
  await mkdir(join(path, 'dist'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, 'dist', name), text)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
