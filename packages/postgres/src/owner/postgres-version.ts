import { DomainError } from '@tollgate/kernel'

/** The oldest major version that all statements run on. */
export const MIN_POSTGRES_VERSION = 18

/** The PostgreSQL is older than `MIN_POSTGRES_VERSION`. Nothing was changed in it. */
export class PostgresTooOld extends DomainError<'POSTGRES_TOO_OLD'> {
  constructor(version: string) {
    super(
      'POSTGRES_TOO_OLD',
      `PostgreSQL ${MIN_POSTGRES_VERSION} or newer is required, and this is PostgreSQL ${version}. Upgrade it, or use another one. Nothing was changed.`,
    )
  }
}

/** Throws `PostgresTooOld` if a server of this version, such as `"17.5 (Debian 17.5-1)"`, cannot be used. */
export function checkPostgresVersion(version: string): void {
  if (!(Number.parseInt(version, 10) >= MIN_POSTGRES_VERSION)) throw new PostgresTooOld(version)
}
