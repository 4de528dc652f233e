import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { link, type PackedPackage } from './pack-packages.ts'

/**
 * Uses every entry of every package as the project of a user would: node runs it without the `source` condition, and the
 * compiler reads its declarations. Returns the errors.
 */
export async function usePackages(root: string, project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  const entries = packages.flatMap(({ entries }) => entries)
  // Contract suites can only be imported in a test run.
  const plain = entries.filter(entry => !entry.endsWith('/testing'))
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'run.mjs'), plain.map(importsSomething).join('\n'))
  await writeFile(join(project, 'types.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}'`).join('\n'))
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(CONSUMER))
  // A project that uses Node and pg has their types.
  await link(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
  await link(join(root, 'packages/postgres/node_modules/@types/pg'), join(project, 'node_modules/@types/pg'))

  const ran = spawnSync(process.execPath, ['run.mjs'], { cwd: project, encoding: 'utf8' })
  const compiled = spawnSync('tsc', ['--pretty', 'false'], { cwd: project, encoding: 'utf8' })
  return [
    ...(ran.status === 0 ? [] : [ran.stderr]),
    // Errors in declarations of other projects are ignored.
    ...compiled.stdout.split('\n').filter(line => /^(types\.ts|node_modules\/@tollgate\/[^/]+\/dist)/.test(line)),
  ]
}

const CONSUMER = {
  compilerOptions: {
    strict: true,
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable', 'esnext.temporal'],
    types: ['node'],
    noEmit: true,
    skipLibCheck: false,
  },
  files: ['types.ts'],
}

function importsSomething(entry: string): string {
  return `if (Object.keys(await import('${entry}')).length === 0) throw new Error('${entry} exports nothing')`
}
