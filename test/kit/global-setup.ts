import { startEmbeddedPostgres } from '@tollgate/embedded-postgres'
import { openOwner } from '@tollgate/postgres'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrations } from '../../apps/server/src/database/migrations.ts'
import { prepareJobs } from '../../apps/server/src/jobs/prepare-jobs.ts'
import { fastFileSystem } from './fast-file-system.ts'
import { linkedBuild } from './linked-build.ts'
import { PROGRAMS } from './programs.ts'

const TEMPLATE = 'template_of_tests'
const OWNER = 'owner_of_tests'

/**
 * Starts one PostgreSQL for the whole run, with a migrated database that `createTestDatabase` clones, and bundles the programs
 * that tests start: a process that loads hundreds of modules takes a second of CPU time more.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(await fastFileSystem(), 'tollgate-test-'))
  const postgres = await startEmbeddedPostgres({
    directory,
    // Nothing here has to survive a power failure, nor a guessed password. Tests of durability start their own PostgreSQL.
    settings: { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', scram_iterations: '1', max_connections: '300' },
  })
  const programs = linkedBuild(join(directory, 'programs'), '0.0.0')
  const ownerUrl = await createTemplate(postgres.url)
  {
    await using owner = await openOwner({ url: ownerUrl })
    await owner.migrate(migrations)
    await prepareJobs({ url: ownerUrl, owner })
    provide('templateAccess', owner.access)
  }
  provide('postgresUrl', postgres.url)
  provide('ownerUrl', ownerUrl)
  process.env[PROGRAMS] = await programs
  return async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Creates the template and its owner, who is no superuser, as on managed PostgreSQL. Returns the URL of the owner. */
async function createTemplate(postgresUrl: string): Promise<string> {
  const client = new Client({ connectionString: postgresUrl })
  await client.connect()
  await client.query(`create role ${OWNER} login createrole password '${OWNER}'`)
  await client.query(`create database ${TEMPLATE} owner ${OWNER}`)
  await client.end()
  return Object.assign(new URL(postgresUrl), { username: OWNER, password: OWNER, pathname: TEMPLATE }).href
}
