import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// Writes the migrations of a built package as SQL files, for the migration tools of its users. Runs in the folder of the package.
const folder = process.cwd()
const inPackage = createRequire(join(folder, 'package.json'))
const { name } = inPackage('./package.json') as { name: string }
const isOfPostgres = name === '@tollgate/postgres'

const load = (path: string) => import(pathToFileURL(path).href) as Promise<Record<string, unknown>>
const exported = Object.entries(await load(join(folder, isOfPostgres ? 'dist/index.js' : 'dist/postgres/index.js')))
const migrations = exported.find(([exportName]) => exportName.endsWith('Migrations'))?.[1]
const { migrationFiles } = (await load(isOfPostgres ? join(folder, 'dist/index.js') : inPackage.resolve('@tollgate/postgres'))) as {
  migrationFiles(migrations: unknown): { name: string; sql: string }[]
}

const files = migrationFiles(migrations).map(file => ({ ...file, path: `${file.name.replace('/', '-')}.sql` }))
if (files.some(({ path }, index) => index > 0 && path <= (files[index - 1]?.path ?? '')))
  throw new Error(`The names of the migrations of ${name} do not sort in their order`)
await rm(join(folder, 'migrations'), { recursive: true, force: true })
await mkdir(join(folder, 'migrations'))
for (const { path, sql } of files) await writeFile(join(folder, 'migrations', path), sql)
