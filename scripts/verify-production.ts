import { startEmbeddedPostgres } from '../packages/embedded-postgres/src/index.ts'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, copyFile, cp, glob, link, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readStages, valuesOf } from './production/dockerfile.ts'
import { sizeOf } from './production/size-of.ts'

// Does what the Dockerfile does, without Docker: runs the lines of its build in a copy of the project, and then starts the result
// as an unprivileged user, with its environment, its start command and its health check. The copy has the packages that are
// installed here; with --from-scratch, the build installs its own.
const root = fileURLToPath(new URL('..', import.meta.url))
const MAX_MEGABYTES = 100
const NOBODY = 65_534
const KEY = 'operator-key-of-the-check'
const START_WITHIN_MS = 60_000

await using undo = new AsyncDisposableStack()
const directory = await mkdtemp(join(tmpdir(), 'tollgate-production-'))
undo.defer(() => rm(directory, { recursive: true, force: true }))
await chmod(directory, 0o755)
const inside = (path: string) => join(directory, path)
/** The absolute paths of the image, below the directory of this check. */
const moved = (line: string) => line.replaceAll(/(?<![\w.])\/(app|data)\b/g, inside('$1'))

const [build, image] = readStages(await readFile(join(root, 'Dockerfile'), 'utf8'))
await copyProject(inside('src'))
if (!process.argv.includes('--from-scratch')) await shareInstalled(inside('src'))
// The user of the image is 1000; only root can give files to another user.
for (const line of [...valuesOf(build, 'RUN'), ...valuesOf(image, 'RUN')]) run(moved(line), inside('src'))
await rm(inside('src'), { recursive: true })
const megabytes = (await sizeOf(inside('app'))) / 1_000_000
if (megabytes > MAX_MEGABYTES) throw new Error(`The production build has ${Math.round(megabytes)} MB, more than ${MAX_MEGABYTES}.`)

const postgres = await startEmbeddedPostgres({ directory: inside('postgres') })
undo.defer(() => postgres.stop())
await link(process.execPath, inside('node')).catch(() => copyFile(process.execPath, inside('node')))
const port = await freePort()
const ofImage = Object.fromEntries(valuesOf(image, 'ENV').flatMap(value => value.split(/\s+/).map(pair => moved(pair).split('=') as [string, string])))
const environment = { ...ofImage, PATH: directory, PORT: String(port), DATABASE_URL: postgres.url, TOLLGATE_OPERATOR_KEY: KEY, TOLLGATE_LAME_DUCK_SECONDS: '0' }
const unprivileged = { cwd: inside('app'), env: environment, ...(process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }) }

const [entry = '', ...args] = JSON.parse(moved(valuesOf(image, 'ENTRYPOINT')[0] ?? '[]')) as string[]
const server = spawn(inside(entry), args, { ...unprivileged, stdio: ['ignore', 'ignore', 'pipe'] })
const ended = once(server, 'close')
undo.defer(() => void server.kill('SIGKILL'))
let log = ''
server.stderr.setEncoding('utf8').on('data', (text: string) => void (log += text))
const [program = '', ...check] = JSON.parse((/CMD (\[.*\])$/.exec(valuesOf(image, 'HEALTHCHECK')[0] ?? '') ?? [])[1] ?? '[]') as string[]
const startedAt = performance.now()
while (spawnSync(inside(program), check, unprivileged).status !== 0) {
  if (server.exitCode !== null || performance.now() - startedAt > START_WITHIN_MS) throw new Error(`The server did not become healthy:\n${log}`)
}
const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
  method: 'POST',
  headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ viewer { kind } }' }),
})
const text = await answer.text()
if (text !== '{"data":{"viewer":{"kind":"OPERATOR"}}}') throw new Error(`The server answered ${answer.status} ${text}`)
const page = await fetch(`http://127.0.0.1:${port}/`)
if (page.status !== 200 || !(await page.text()).includes('<script')) throw new Error(`The dashboard answered ${page.status}`)
const { status, stdout } = spawnSync(inside('node'), ['tollgate.js', 'doctor'], { ...unprivileged, encoding: 'utf8' })
if (status !== 0) throw new Error(`doctor found problems:\n${stdout}`)
server.kill('SIGTERM')
const [code] = (await ended) as [number | null]
if (code !== 0) throw new Error(`The server ended with ${code}:\n${log}`)

/** Copies the files that git would add, which are those that a build of Docker sees. */
async function copyProject(to: string): Promise<void> {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  for (const file of files.split('\0')) {
    if (file === '') continue
    await mkdir(dirname(join(to, file)), { recursive: true })
    await cp(join(root, file), join(to, file)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // Deleted, but not committed yet.
    })
  }
}

/** Gives the copy the installed packages, and the dashboard if it is built. */
async function shareInstalled(to: string): Promise<void> {
  for (const workspace of ['.', ...(await workspaces())]) {
    const source = join(root, workspace, 'node_modules')
    const filter = (file: string) => !file.startsWith(`${source}/.`)
    if (existsSync(source)) await cp(source, join(to, workspace, 'node_modules'), { recursive: true, verbatimSymlinks: true, filter })
  }
  await symlink(join(root, 'node_modules/.pnpm'), join(to, 'node_modules/.pnpm'))
  const dashboard = 'apps/dashboard/dist'
  if (existsSync(join(root, dashboard))) await cp(join(root, dashboard), join(to, dashboard), { recursive: true })
}

async function workspaces(): Promise<readonly string[]> {
  const found: string[] = []
  for await (const manifest of glob('{apps,packages}/*/package.json', { cwd: root })) found.push(dirname(manifest))
  return found
}

function run(line: string, cwd: string): void {
  const { status: failed, stdout: out, stderr } = spawnSync('sh', ['-c', line], { cwd, encoding: 'utf8' })
  if (failed !== 0) throw new Error(`This line of the Dockerfile failed: ${line}\n${out}${stderr}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port: free } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return free
}
