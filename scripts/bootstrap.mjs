// Installs the dependencies of the lockfile if they are not installed. Runs on the Node of the machine (20 or later),
// before anything is installed, so it is plain JavaScript without imports. Prints nothing if there is nothing to do.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'

const root = new URL('..', import.meta.url)
// pnpm writes this copy of the lockfile at the end of an install.
const installed = read('node_modules/.pnpm/lock.yaml')
if (installed === undefined || installed !== read('pnpm-lock.yaml')) {
  process.stderr.write('Installing dependencies ...\n')
  const { status, error } = spawnSync('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'], {
    cwd: fileURLToPath(root),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (error !== undefined) process.stderr.write(`npx could not be run: ${error.message}\n`)
  process.exitCode = status ?? 1
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return undefined
  }
}
