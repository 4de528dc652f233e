import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { MailPositions } from '../../mail/mail-positions.ts'

const READ = 'select position from invoicing.mail_positions where source = $1'
const WRITE = 'insert into invoicing.mail_positions (source, position) values ($1, $2) on conflict (source) do update set position = excluded.position'

/** Positions in PostgreSQL. */
export function postgresMailPositions({ database }: { readonly database: PostgresDatabase }): MailPositions {
  return {
    async read(source) {
      const [row] = await database.query<{ position: string }>(OPERATOR_SCOPE, READ, [source])
      return row?.position
    },
    async write(source, position) {
      await database.query(OPERATOR_SCOPE, WRITE, [source, position])
    },
  }
}
