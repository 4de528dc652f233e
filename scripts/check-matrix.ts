import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'
import { OURS, type PackedPackage, packPackages } from './packed/pack-packages.ts'
import { errorsOfPackages, loadsOf, writeTypes } from './packed/use-packages.ts'

const HELP = `Uses the built packages with every runtime and compiler that they promise to work with, which npm downloads: some minutes.

  npm run matrix

It builds them first.`

interface Contender {
  readonly name: string
  /** What npm installs. */
  readonly install: string
  readonly command: readonly string[]
}

const RUNTIMES: readonly Contender[] = [
  { name: 'Node.js 22', install: 'node@22', command: ['node'] },
  { name: 'Node.js 24', install: 'node@24', command: ['node'] },
  { name: 'Node.js 26', install: 'node@26', command: ['node'] },
  { name: 'Bun', install: 'bun@1', command: ['bun'] },
  { name: 'Deno', install: 'deno@2', command: ['deno', 'run', '--allow-all', '--node-modules-dir=manual'] },
]

const COMPILERS: readonly Contender[] = ['5.9', '6', '7'].map(version => ({
  name: `TypeScript ${version}`,
  install: `typescript@${version}`,
  command: ['tsc', '--pretty', 'false', '--project', 'matrix.json'],
}))

/** What every compiler of the matrix knows. */
const COMPILER_OPTIONS = {
  strict: true,
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  types: ['node'],
  noEmit: true,
  skipLibCheck: true,
}

/** Runs a command that npm installs, in a folder. Returns what it printed, and whether it succeeded. */
function run({ install, command }: Contender, cwd: string, ...args: string[]): { readonly succeeded: boolean; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('npx', ['--yes', '--package', install, '--', ...command, ...args], { cwd, encoding: 'utf8' })
  return { succeeded: status === 0, output: status === 0 ? stdout : stdout + stderr }
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(HELP)
  const root = fileURLToPath(new URL('..', import.meta.url))
  const project = await mkdtemp(join(tmpdir(), 'tollgate-matrix-'))
  try {
    const packages = await packPackages(root, project)
    const programs = [...(await writeImports(project, packages)), ...(await writeExamples(project, packages))]
    await writeTypes(root, project, packages)
    await writeFile(join(project, 'matrix.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['types.ts'] }))
    for (const runtime of RUNTIMES) {
      const failed = programs.flatMap(program => {
        const { succeeded, output } = run(runtime, project, program)
        return succeeded ? [] : [`${program}: ${output}`]
      })
      report(runtime.name, `${programs.length} programs`, failed)
    }
    for (const compiler of COMPILERS) {
      const { output } = run(compiler, project)
      report(compiler.name, 'all types', errorsOfPackages(output))
    }
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

function report(name: string, what: string, failures: readonly string[]): void {
  console.log(`${failures.length === 0 ? '✓' : '✗'} ${name}: ${what}`)
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
}

/** Writes a program that imports every entry, and one that requires it, as CommonJS does. */
async function writeImports(project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  await writeFile(join(project, 'imports.mjs'), loadsOf(packages, 'await import'))
  await writeFile(join(project, 'requires.cjs'), loadsOf(packages, 'require'))
  await writeFile(join(project, 'unreachable.mjs'), UNREACHABLE)
  return ['imports.mjs', 'requires.cjs', 'unreachable.mjs']
}

/** Writes the first example of each README that is a whole program. */
async function writeExamples(project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  const programs: string[] = []
  for (const { name, directory } of packages) {
    const readme = await readFile(join(directory, 'README.md'), 'utf8')
    const [, language = '', code] = /```(js|ts)\n(import .*?console\.log.*?)```/s.exec(readme) ?? []
    // Examples that need a database fail without one.
    if (code === undefined || code.includes('DATABASE_URL') || !imports(code).every(specifier => specifier.startsWith(OURS) || specifier.startsWith('node:')))
      continue
    const program = `${name.slice(OURS.length)}.example.mjs`
    await writeFile(join(project, program), language === 'ts' ? (await transform(code, { loader: 'ts', format: 'esm' })).code : code)
    programs.push(program)
  }
  return programs
}

/** Uses what runs before a database answers. */
const UNREACHABLE = `import { openOwner } from '@tollgate/postgres'
const failure = await openOwner({ url: 'postgres://nobody@127.0.0.1:1/none' }).catch(error => error)
if (failure.code !== 'ECONNREFUSED') throw failure
`

function imports(code: string): string[] {
  return [...code.matchAll(/^import .* from '([^']+)'/gm)].map(([, specifier = '']) => specifier)
}

await main()
