import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A runtime or a tool that the packages promise to work with. */
export interface Contender {
  readonly name: string
  /** What npm installs: "typescript@5.9". */
  readonly install: string
  /** The command of the package, and its first arguments. */
  readonly command: readonly [string, ...string[]]
  /** Options of Node.js for it. */
  readonly nodeOptions?: string
}

/** A contender that npm has installed. */
export interface InstalledContender {
  readonly name: string
  /** What it says that it is. */
  readonly version: string
  /** Runs it in a folder. */
  run(cwd: string, ...args: readonly string[]): Outcome
}

/** How a command ended, and what it printed. */
export interface Outcome {
  readonly succeeded: boolean
  readonly output: string
}

/** The longest that one command may take. */
const TIMEOUT_MS = 300_000

/** Installs a contender into a folder of its own. Throws if npm cannot, or if it does not run: it must never count as one that passed. */
export async function installContender(tools: string, { name, install, command: [command, ...first], nodeOptions }: Contender): Promise<InstalledContender> {
  const folder = join(tools, install.replaceAll(/\W/g, '-'))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const installed = execute('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', install], folder)
  if (!installed.succeeded) throw new Error(`npm cannot install ${install}: ${installed.output}`)
  const binary = join(folder, 'node_modules/.bin', command)
  const version = execute(binary, ['--version'], folder)
  if (!version.succeeded) throw new Error(`${install} does not run: ${version.output}`)
  return {
    name,
    version: version.output.trim().split('\n', 1)[0] ?? '',
    run: (cwd, ...args) => execute(binary, [...first, ...args], cwd, nodeOptions),
  }
}

function execute(command: string, args: readonly string[], cwd: string, nodeOptions = ''): Outcome {
  const env = { ...process.env, NODE_OPTIONS: nodeOptions }
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: TIMEOUT_MS, maxBuffer: 64 * 1_024 * 1_024 })
  return { succeeded: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : String(error)}` }
}
