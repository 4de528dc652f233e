import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { runMigrations } from '@tollgate/postgres'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrations } from '../../apps/server/src/database/migrations.ts'
import { prepareJobs } from '../../apps/server/src/jobs/prepare-jobs.ts'
import { fastFileSystem } from './fast-file-system.ts'

const TEMPLATE = 'tollgate_template'

/** One PostgreSQL for the whole run, and one migrated database in it that every test file's own is cloned from. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(await fastFileSystem(), 'tollgate-test-'))
  const postgres = await startEmbeddedPostgres({
    directory,
    // Nothing here must survive a power cut; tests of durability start a PostgreSQL of their own.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  await createDatabase(postgres.url, TEMPLATE)
  const template = postgres.url.replace(/\/postgres$/, `/${TEMPLATE}`)
  await runMigrations({ url: template, migrations })
  await prepareJobs(template)
  provide('postgresUrl', postgres.url)
  provide('templateDatabase', TEMPLATE)
  return async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
}
