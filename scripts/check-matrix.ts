import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'esbuild'
import { type Contender, type InstalledContender, installContender } from './packed/contenders.ts'
import { OURS, type PackedPackage, packPackages } from './packed/pack-packages.ts'
import { errorsElsewhere, errorsOfPackages, loadsOf, writeTypes } from './packed/use-packages.ts'

const HELP = `Uses the built packages with every runtime and tool that they promise to work with, which npm downloads: some minutes.

  npm run matrix [-- NAME…]

It builds them first. Names choose contenders by the beginning of their names, such as "TypeScript" or "Node.js 22".`

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
  command: ['tsc', '--pretty', 'false'],
}))

const JEST: Contender = { name: 'Jest', install: 'jest@30', command: ['jest'], nodeOptions: '--experimental-vm-modules --no-warnings' }

/** What every compiler of the matrix knows. Declarations are checked, ours and those of all others. */
const COMPILER_OPTIONS = {
  strict: true,
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  types: ['node'],
  noEmit: true,
  skipLibCheck: false,
}

async function main(): Promise<void> {
  const names = process.argv.slice(2)
  if (names.includes('--help')) return console.log(HELP)
  const root = fileURLToPath(new URL('..', import.meta.url))
  const project = await mkdtemp(join(tmpdir(), 'tollgate-matrix-'))
  const tools = await mkdtemp(join(tmpdir(), 'tollgate-tools-'))
  const chosen = ({ name }: Contender) => names.length === 0 || names.some(beginning => name.startsWith(beginning))
  try {
    const packages = await packPackages(root, project)
    const programs = [...(await writeImports(project, packages)), ...(await writeExamples(project, packages))]
    await writeTypes(root, project, packages)
    await writeFile(join(project, 'matrix.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['types.ts'] }))
    await writeFile(join(project, 'wrong.ts'), WRONG)
    await writeFile(join(project, 'wrong.json'), JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, skipLibCheck: true }, files: ['wrong.ts'] }))
    await writeJestTests(project, packages)
    const use = async (contender: Contender, work: (installed: InstalledContender) => Result) => {
      if (!chosen(contender)) return
      try {
        const installed = await installContender(tools, contender)
        report(`${contender.name} (${installed.version})`, work(installed))
      } catch (error) {
        report(contender.name, { shows: 'nothing', failures: [error instanceof Error ? error.message : String(error)] })
      }
    }
    for (const runtime of RUNTIMES) await use(runtime, installed => runPrograms(installed, project, programs))
    for (const compiler of COMPILERS) await use(compiler, installed => compileTypes(installed, project))
    await use(JEST, installed => runJest(installed, project))
  } finally {
    await rm(project, { recursive: true, force: true })
    await rm(tools, { recursive: true, force: true })
  }
}

/** What a contender has shown, and what failed. */
interface Result {
  readonly shows: string
  readonly failures: readonly string[]
}

function runPrograms(runtime: InstalledContender, project: string, programs: readonly string[]): Result {
  const failures = programs.flatMap(program => {
    const { succeeded, output } = runtime.run(project, program)
    return succeeded ? [] : [`${program}: ${output}`]
  })
  return { shows: `${programs.length} programs`, failures }
}

/** Compiles the types of every entry. A compiler that finds nothing wrong with a wrong program has not read them. */
function compileTypes(compiler: InstalledContender, project: string): Result {
  const wrong = compiler.run(project, '--project', 'wrong.json')
  if (!wrong.output.startsWith('wrong.ts(2,')) return { shows: 'nothing', failures: [`It accepts a wrong program: ${wrong.output}`] }
  const { output, succeeded } = compiler.run(project, '--project', 'matrix.json')
  const failures = errorsOfPackages(output)
  const elsewhere = errorsElsewhere(output)
  const unexplained = !succeeded && failures.length === 0 && elsewhere.size === 0 ? [output] : []
  const others = [...elsewhere].map(([name, count]) => `${count} in ${name}`)
  return {
    shows: `our declarations${others.length === 0 ? ', and those of their dependencies' : `; errors in others: ${others.join(', ')}`}`,
    failures: [...failures, ...unexplained],
  }
}

/** Runs the tests of a project that uses Jest: one imports every entry, and one requires every entry. */
function runJest(jest: InstalledContender, project: string): Result {
  const { succeeded, output } = jest.run(project, '--config', 'jest.json')
  const ranBoth = /^Tests: +2 passed, 2 total$/m.test(output)
  return { shows: 'tests that import and require every entry', failures: succeeded && ranBoth ? [] : [output] }
}

function report(name: string, { shows, failures }: Result): void {
  console.log(`${failures.length === 0 ? '✓' : '✗'} ${name}: ${shows}`)
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

/** The compiler must find the second line wrong, by the declarations of a package. */
const WRONG = `import { createQuotas } from '@tollgate/quotas'
createQuotas(5)
`

/** Writes a project of Jest, whose tests are ES modules. */
async function writeJestTests(project: string, packages: readonly PackedPackage[]): Promise<void> {
  await writeFile(join(project, 'imports.test.mjs'), `test('imports every entry', async () => {\n${loadsOf(packages, 'await import')}\n})\n`)
  await writeFile(join(project, 'requires.test.cjs'), `test('requires every entry', () => {\n${loadsOf(packages, 'require')}\n})\n`)
  await writeFile(join(project, 'jest.json'), JSON.stringify({ testMatch: ['**/*.test.?js'], transform: {}, haste: { enableSymlinks: true }, watchman: false }))
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
