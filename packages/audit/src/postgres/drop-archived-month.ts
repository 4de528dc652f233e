import { DomainError } from '@tollgate/kernel'

/** Runs statements as the owner of the tables: the server has no right to remove entries. */
export interface MonthOwner {
  query<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]>
}

/** A month cannot be dropped. Nothing was changed. */
class MonthNotArchived extends DomainError<'MONTH_NOT_ARCHIVED'> {
  constructor(month: string, reason: string) {
    super('MONTH_NOT_ARCHIVED', `The month ${month.slice(0, 7)} of audit logs was not removed: ${reason}`)
  }
}

const LOCK_WAIT = '10s'
const MONTHS = `
  select to_char(to_date(right(child.relname, 7), 'YYYY_MM'), 'YYYY-MM-DD') as month
  from pg_inherits join pg_class as child on child.oid = inhrelid
  where inhparent = 'audit.events'::regclass and child.relname ~ '^events_\\d{4}_\\d{2}$' and to_date(right(child.relname, 7), 'YYYY_MM') < $1::date
  order by 1`

/** Returns the months (their first days) before a day that still have a partition, oldest first. */
export async function monthsToArchive(owner: MonthOwner, before: string): Promise<readonly string[]> {
  return (await owner.query<{ month: string }>(MONTHS, [before])).map(({ month }) => month)
}

/**
 * Removes the entries of a month, with their keys and personal data, in one transaction: all or nothing. Throws
 * `MonthNotArchived` unless each entry is in an archive and no earlier month is left.
 */
export async function dropArchivedMonth(owner: MonthOwner, month: string): Promise<void> {
  const partition = `audit.events_${month.slice(0, 4)}_${month.slice(5, 7)}`
  await owner.query('begin')
  try {
    await owner.query(`select set_config('tollgate.tenants', tollgate.operator_scope(), true), set_config('lock_timeout', '${LOCK_WAIT}', true)`)
    const [earlier] = await monthsToArchive(owner, month)
    if (earlier !== undefined) throw new MonthNotArchived(month, `${earlier.slice(0, 7)} comes first.`)
    // Nobody adds entries from here on.
    await owner.query(`lock table ${partition} in share row exclusive mode`)
    const missing = await owner.query<{ tenant_id: string }>(
      `select distinct event.tenant_id from ${partition} as event
       left join audit.archives as archive
         on archive.tenant_id = event.tenant_id and archive.month = $1::date and event.sequence between archive.first_sequence and archive.last_sequence
       where archive.tenant_id is null limit 1`,
      [month],
    )
    if (missing[0] !== undefined) throw new MonthNotArchived(month, `entries of the tenant ${missing[0].tenant_id} are in no archive.`)
    await owner.query(
      `delete from audit.event_keys as keys using ${partition} as event
       where keys.tenant_id = event.tenant_id and keys.idempotency_key = event.idempotency_key and keys.sequence = event.sequence`,
    )
    await owner.query(
      `delete from audit.personal_data as personal using ${partition} as event where personal.tenant_id = event.tenant_id and personal.sequence = event.sequence`,
    )
    await owner.query(`drop table ${partition}`)
    await owner.query('update audit.archives set dropped_at = now() where month = $1::date', [month])
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}
