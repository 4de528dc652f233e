import { spawnSync } from 'node:child_process'

const root = new URL('..', import.meta.url)

/** Runs a program of the project in this terminal, and returns whether it succeeded. */
function runs(program: string, ...args: string[]): boolean {
  const { error, status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error !== undefined) throw error
  return status === 0
}

// In CI the checks run first. If they fail, the tests run anyway, so that one run shows everything.
const inCi = process.env['CI'] !== undefined && process.env['CI'] !== 'false'
const checked = !inCi || runs(process.execPath, 'scripts/check.ts')
const tested = runs('vitest', 'run', ...process.argv.slice(2))
if (!checked || !tested) process.exitCode = 1
