import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { link, type PackedPackage } from './pack-packages.ts'

/**
 * Uses every entry of every package as the project of a user would: node runs it without the `source` condition, and the
 * compiler reads its declarations. Returns the errors.
 */
export async function usePackages(root: string, project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'run.mjs'), loadsOf(packages, 'await import'))
  await writeTypes(root, project, packages)
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(CONSUMER))

  const ran = spawnSync(process.execPath, ['run.mjs'], { cwd: project, encoding: 'utf8' })
  const compiled = spawnSync('tsc', ['--pretty', 'false'], { cwd: project, encoding: 'utf8' })
  return [...(ran.status === 0 ? [] : [ran.stderr]), ...errorsOfPackages(compiled.stdout)]
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

/** Returns a program that loads every entry: with `await import`, or with `require`. */
export function loadsOf(packages: readonly PackedPackage[], load: 'await import' | 'require'): string {
  // Contract suites can only be imported in a test run.
  const entries = packages.flatMap(one => one.entries).filter(entry => !entry.endsWith('/testing'))
  return entries.map(entry => `if (Object.keys(${load}('${entry}')).length === 0) throw new Error('${entry} exports nothing')`).join('\n')
}

/** Writes `types.ts`, which has the types of every entry, beside those that a project with Node and pg has. */
export async function writeTypes(root: string, project: string, packages: readonly PackedPackage[]): Promise<void> {
  const entries = packages.flatMap(one => one.entries)
  await writeFile(join(project, 'types.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}'`).join('\n'))
  await link(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
  await link(join(root, 'packages/postgres/node_modules/@types/pg'), join(project, 'node_modules/@types/pg'))
}

const OURS_IN_OUTPUT = /^(?:types\.ts|node_modules\/@tollgate\/[^/]+\/dist)/
const FAILED = /^(\S[^(]*\.[cm]?ts)\(\d+,\d+\): error (TS\d+)/

/** Returns the errors of the compiler in our declarations. Those in declarations of other projects are not ours. */
export function errorsOfPackages(output: string): string[] {
  return output.split('\n').filter(line => OURS_IN_OUTPUT.test(line))
}

/** Counts the errors of the compiler in declarations of other projects, by the package and the error: "postgres-interval (TS1203)". */
export function errorsElsewhere(output: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of output.split('\n')) {
    const [, file, error] = FAILED.exec(line) ?? []
    if (file === undefined || OURS_IN_OUTPUT.test(line)) continue
    const inModules = file.slice(file.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const name = `${inModules.split('/', inModules.startsWith('@') ? 2 : 1).join('/')} (${error})`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
