// Installs the dependencies of the lockfile if they are not installed: all of them, or with the argument "serve" only those that
// serving needs, a third, unless all were installed before. Runs on the Node of the machine (20 or later), before anything is
// installed, so it is plain JavaScript without imports. Prints nothing if there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchPnpm } from './fetch-pnpm.mjs'

/** The workspaces that serve, with those that they depend on: the server, the dashboard, and the root, which has Node. */
const WORKSPACES = ['--filter', '.', '--filter', '@tollgate/server...', '--filter', '@tollgate/dashboard...']
/**
 * The lockfile is trusted as the rest of the repository is, and packages must have its hashes. Without that, pnpm asks the registry for
 * the age of each of its packages first, which takes longer than to install. A full install, as in CI, asks.
 */
const SERVING = ['--prod', '--trust-lockfile', ...WORKSPACES]
/** pnpm would ask whether there is a newer pnpm, and wait for the answer at its end. */
const NO_NEWS = '--config.update-notifier=false'

const root = new URL('..', import.meta.url)
const lockfile = read('pnpm-lock.yaml')
// pnpm writes this copy of the lockfile at the end of an install. It is shorter if a part was installed.
const installed = read('node_modules/.pnpm/lock.yaml')
/** Says with which lockfile only a part was installed, and which packages were linked for it. */
const PART = 'node_modules/.pnpm/serving.json'
const part = /** @type {{ lockfile: string, links: string[] } | null} */ (JSON.parse(read(PART) ?? 'null'))
const isPart = process.argv[2] === 'serve' && (installed === undefined || part !== null)

if (isPart ? part?.lockfile !== lockfile : installed !== lockfile || part !== null) {
  process.stderr.write(isPart ? 'Installing what serving needs ...\n' : 'Installing dependencies ...\n')
  for (const name of part?.links ?? []) rmSync(pathOf(`node_modules/${name}`), { force: true })
  rmSync(pathOf(PART), { force: true })
  process.exitCode = install() ? 0 : 1
  if (isPart && process.exitCode === 0) writeFileSync(pathOf(PART), JSON.stringify({ lockfile, links: linkPeers() }))
}

// Node is optional in package.json, so that only the one for this machine is installed. Where there is none, that of the machine runs.
const NODE = 26
const hasNode = ['node', 'node.cmd', 'node.exe'].some(name => existsSync(pathOf(`node_modules/.bin/${name}`)))
if ((process.exitCode ?? 0) === 0 && !hasNode && Number.parseInt(process.versions.node, 10) < NODE) {
  process.stderr.write(
    `Node.js ${NODE} could not be installed from npm for ${process.platform}-${process.arch}. Delete the folder node_modules and try again, or install Node.js ${NODE} yourself: this is ${process.version}.\n`,
  )
  process.exitCode = 1
}

/** Runs pnpm. Returns whether everything was installed, and prints why not. */
function install() {
  const { packageManager } = /** @type {{ packageManager: string }} */ (JSON.parse(read('package.json') ?? '{}'))
  const version = packageManager.replace('pnpm@', '')
  const pnpm = fetchPnpm({ version, lockfile: lockfile ?? '', directory: pathOf('node_modules/.cache/pnpm'), npmrc: read('.npmrc') })
  if (pnpm === undefined) {
    process.stderr.write('pnpm, which installs the dependencies, could not be installed: see above. Check the network and `npm config get registry`.\n')
    return false
  }
  const { status, error } = spawnSync(pnpm.file, [...pnpm.args, 'install', '--frozen-lockfile', NO_NEWS, ...(isPart ? SERVING : [])], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 2, 2],
    shell: pnpm.shell,
  })
  if (error !== undefined) process.stderr.write(`pnpm could not be run: ${error.message}\n`)
  return status === 0
}

/**
 * Links the packages of the server in the root, where the packages of the workspace find them: their peers, which are also
 * dependencies for development, are not installed for serving. Returns the names.
 */
function linkPeers() {
  const names = readdirSync(pathOf('apps/server/node_modules')).flatMap(name =>
    name.startsWith('@') ? readdirSync(pathOf(`apps/server/node_modules/${name}`)).map(inScope => `${name}/${inScope}`) : name.startsWith('.') ? [] : [name],
  )
  const missing = names.filter(name => !existsSync(pathOf(`node_modules/${name}`)))
  for (const name of missing) {
    mkdirSync(dirname(pathOf(`node_modules/${name}`)), { recursive: true })
    symlinkSync(pathOf(`apps/server/node_modules/${name}`), pathOf(`node_modules/${name}`), 'junction')
  }
  return missing
}

/** @param {string} path */
function pathOf(path) {
  return fileURLToPath(new URL(path, root))
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return undefined
  }
}
