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

/** Starts one PostgreSQL for the whole run, with a migrated database that `createTestDatabase` clones. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(await fastFileSystem(), 'tollgate-test-'))
  const postgres = await startEmbeddedPostgres({
    directory,
    // Nothing here has to survive a power failure. Tests of durability start their own PostgreSQL.
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
