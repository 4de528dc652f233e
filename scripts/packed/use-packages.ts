import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { link, type PackedPackage } from './pack-packages.ts'

/**
 * Uses every entry of every package as a project of somebody else's would: plain node runs it without the condition that
 * leads to our sources, and the compiler reads its declarations. Returns what went wrong.
 */
export async function usePackages(root: string, project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  const entries = packages.flatMap(({ entries }) => entries)
  // Contract suites are for use within a test run, and cannot be imported outside one.
  const plain = entries.filter(entry => !entry.endsWith('/testing'))
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'run.mjs'), plain.map(importsSomething).join('\n'))
  await writeFile(join(project, 'types.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}'`).join('\n'))
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(CONSUMER))
  // With the types that the project would have for its own use of Node and pg.
  await link(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
  await link(join(root, 'packages/postgres/node_modules/@types/pg'), join(project, 'node_modules/@types/pg'))

  const ran = spawnSync(process.execPath, ['run.mjs'], { cwd: project, encoding: 'utf8' })
  const compiled = spawnSync('tsc', ['--pretty', 'false'], { cwd: project, encoding: 'utf8' })
  return [
    ...(ran.status === 0 ? [] : [ran.stderr]),
    // Declarations of other projects are not ours to mend.
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
