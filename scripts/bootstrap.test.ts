import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { access, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const exe = `exe.${process.platform}-${process.arch}`
const pnpmPath = `/@pnpm/${exe}/-/${exe}-1.2.3.tgz`
const widgetPath = '/widget/-/widget-1.0.0.tgz'

/** What a registry serves, by path. */
const served = new Map<string, Buffer>()
const registry = createServer((request, response) => {
  const file = served.get(decodeURIComponent(request.url ?? ''))
  response.writeHead(file === undefined ? 404 : 200).end(file)
})
let directory: string
let project: string
let pnpm: Buffer
let widget: Buffer
let tampered: Buffer

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bootstrap-'))
  project = join(directory, 'project')
  registry.listen(0, '127.0.0.1')
  await once(registry, 'listening')
  pnpm = await packed('pnpm', { 'package.json': `{"name":"@pnpm/${exe}","version":"1.2.3"}`, pnpm: `#!/bin/sh\nexec ${root}/node_modules/.bin/pnpm "$@"\n` })
  widget = await packed('widget', { 'package.json': '{"name":"widget","version":"1.0.0"}', 'index.js': 'as published' })
  tampered = await packed('tampered', { 'package.json': '{"name":"widget","version":"1.0.0"}', 'index.js': 'as tampered with' })
  await write(project, {
    '.npmrc': `registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}/\n`,
    'package.json': '{"name":"project","private":true,"packageManager":"pnpm@1.2.3"}',
    'pnpm-workspace.yaml': 'packages: [apps/*]\npmOnFail: ignore\nfetchRetries: 0\n',
    'pnpm-lock.yaml': lockfile(),
    'apps/server/package.json': '{"name":"@tollgate/server","dependencies":{"widget":"1.0.0"}}',
  })
  for (const script of ['bootstrap.mjs', 'fetch-pnpm.mjs']) await cp(join(root, 'scripts', script), join(project, 'scripts', script))
})
afterAll(async () => {
  registry.close()
  await rm(directory, { recursive: true, force: true })
})

it('installs for serving only what has the hashes of the lockfile, pnpm too, and says that it has nothing to do the next time by saying nothing', async () => {
  served.set(pnpmPath, tampered).set(widgetPath, tampered)
  await expect(bootstrap()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/EINTEGRITY[^]*could not be installed: see above/) })
  served.set(pnpmPath, pnpm)
  await expect(bootstrap()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('ERR_PNPM_TARBALL_INTEGRITY') })
  await expect(access(join(project, 'apps/server/node_modules/widget'))).rejects.toMatchObject({ code: 'ENOENT' })
  served.set(widgetPath, widget)
  expect((await bootstrap()).stderr).toContain('Installing what serving needs ...')
  expect(await readFile(join(project, 'node_modules/widget/index.js'), 'utf8')).toBe('as published')
  expect(await bootstrap()).toEqual({ stdout: '', stderr: '' })
})

it('has one version of pnpm and one of Node in all places that name them, with the program of pnpm in the lockfile', async () => {
  const { packageManager, devDependencies, optionalDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    packageManager: string
    devDependencies: Record<string, string>
    optionalDependencies: Record<string, string>
  }
  expect(packageManager).toBe(`pnpm@${devDependencies['pnpm']}`)
  expect(await readFile(join(root, 'pnpm-lock.yaml'), 'utf8')).toContain(`'@pnpm/exe.linux-x64@${devDependencies['pnpm']}':`)
  const [, node] = /^nodeVersion: (\S+)$/m.exec(await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  expect(new Set(Object.values(optionalDependencies))).toEqual(new Set([node]))
})

async function bootstrap() {
  const caches = {
    HOME: directory,
    XDG_DATA_HOME: directory,
    XDG_CACHE_HOME: directory,
    npm_config_cache: join(directory, 'npm'),
    npm_config_fetch_retries: '0',
  }
  return run(process.execPath, ['scripts/bootstrap.mjs', 'serve'], { cwd: project, env: { PATH: process.env.PATH, ...caches } })
}

function lockfile(): string {
  return `lockfileVersion: '9.0'

importers:
  .: {}
  apps/server:
    dependencies:
      widget:
        specifier: 1.0.0
        version: 1.0.0

packages:

  '@pnpm/${exe}@1.2.3':
    resolution: {integrity: ${hashOf(pnpm)}}

  widget@1.0.0:
    resolution: {integrity: ${hashOf(widget)}}

snapshots:
  '@pnpm/${exe}@1.2.3': {}
  widget@1.0.0: {}
`
}

function hashOf(file: Buffer): string {
  return `sha512-${createHash('sha512').update(file).digest('base64')}`
}

/** Returns the archive of a package, as `npm pack` makes it. */
async function packed(name: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = join(directory, name)
  await write(join(folder, 'package'), files)
  await run('tar', ['-czf', `${folder}.tgz`, '-C', folder, 'package'])
  return readFile(`${folder}.tgz`)
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text, { mode: 0o755 })
  }
}
