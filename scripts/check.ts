import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'

interface Outcome {
  readonly name: string
  readonly passed: boolean
  readonly output: string
  readonly seconds: number
}

const PREFIX = 'check:'
const root = new URL('..', import.meta.url)

/** Runs everything that CI checks besides the tests: each `check:…` script of package.json, a few at a time. */
async function main(): Promise<void> {
  const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as { scripts: Record<string, string> }
  const waiting = Object.keys(scripts).filter(name => name.startsWith(PREFIX))
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const outcome = await check(name)
      report(outcome)
      outcomes.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))

  const failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name)
  if (failed.length === 0) return console.log(`\nAll ${outcomes.length} checks passed.`)
  console.log(`\nFailed: ${failed.join(', ')}. Run one alone with: npm run ${PREFIX}${failed[0]}`)
  process.exitCode = 1
}

/** `node --run` runs a script of package.json without npm, which would take a quarter of a second each. */
function check(script: string): Promise<Outcome> {
  const start = performance.now()
  const child = spawn(process.execPath, ['--run', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DO_NOT_TRACK: '1' } })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      resolve({ name: script.slice(PREFIX.length), passed: code === 0, output, seconds: (performance.now() - start) / 1000 })
    })
  })
}

function report({ name, passed, output, seconds }: Outcome): void {
  console.log(`${passed ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`)
  if (!passed) console.log(`${output.trimEnd()}\n`)
}

await main()
