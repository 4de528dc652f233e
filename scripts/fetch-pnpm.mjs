// Gets pnpm, which installs everything else, from the npm registry. Plain JavaScript without imports, as bootstrap.mjs.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const WINDOWS = process.platform === 'win32'

/** A registry that cannot be reached is reported after some seconds; npm would try again for more than a minute. */
const RETRIES = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' }
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']

/**
 * Installs the program of pnpm for this machine into `directory`, by npm and its cache. It must have the hash of the lockfile.
 * npm asks for this one file only, while `npx pnpm` first reads the list of all versions, which takes three times as long; npx is used
 * where the lockfile has no program for the machine. Returns the command that runs pnpm, or undefined if npm failed and said why.
 *
 * @param {{ version: string, lockfile: string, directory: string, npmrc: string | undefined }} options
 */
export function fetchPnpm({ version, lockfile, directory, npmrc }) {
  const platform = `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`
  const name = `@pnpm/exe.${platform}`
  const integrity = new RegExp(`^  '${name}@${version}':\r?\n    resolution: \\{integrity: (\\S+)\\}$`, 'mu').exec(lockfile)?.[1]
  if (integrity === undefined) return { file: 'npx', args: ['--yes', `pnpm@${version}`], shell: WINDOWS }
  const dependencies = { [name]: version }
  // npm replaces the host by that of the registry that it is set to use.
  const resolved = `https://registry.npmjs.org/${name}/-/exe.${platform}-${version}.tgz`
  const packages = { '': { dependencies }, [`node_modules/${name}`]: { version, resolved, integrity } }
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }))
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }))
  writeFileSync(join(directory, '.npmrc'), npmrc ?? '')
  const args = ['ci', '--ignore-scripts', '--prefer-offline', ...QUIET]
  const { status, error } = spawnSync('npm', args, { cwd: directory, env: { ...RETRIES, ...process.env }, stdio: ['ignore', 'ignore', 2], shell: WINDOWS })
  if (error !== undefined) process.stderr.write(`npm could not be run: ${error.message}\n`)
  return status === 0 ? { file: join(directory, 'node_modules', name, WINDOWS ? 'pnpm.exe' : 'pnpm'), args: [], shell: false } : undefined
}

/** Says whether this is a Linux whose C library is musl, for which programs are built separately. */
function isMusl() {
  if (process.platform !== 'linux' || process.report === undefined) return false
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return report.header.glibcVersionRuntime === undefined
}
