// Builds the dashboard if its files have changed since it was built. Prints nothing if there is nothing to do. The server
// runs without it, so a build that fails only says so.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dashboard = fileURLToPath(new URL('../apps/dashboard', import.meta.url))
const built = join(dashboard, 'dist', '.sources')
const sources = hashOf(['package.json', 'index.html', 'vite.config.ts', 'src'])
if (!existsSync(built) || readFileSync(built, 'utf8') !== sources) {
  process.stderr.write('Building the dashboard ...\n')
  const vite = join(dashboard, 'node_modules', 'vite', 'bin', 'vite.js')
  // Whatever started the server: with NODE_ENV=test, the page would be React's slow and large one for development.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: dashboard, encoding: 'utf8', env })
  if (status === 0) writeFileSync(built, sources)
  else process.stderr.write(`The dashboard could not be built, so the server starts without it:\n${stdout}${stderr}\n`)
}

/** @param {readonly string[]} paths */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const file = join(dashboard, path)
  let entries
  try {
    entries = readdirSync(file).toSorted()
  } catch {
    hash.update(`${path}\n`).update(readFileSync(file))
    return
  }
  for (const entry of entries) addTo(hash, join(path, entry))
}
