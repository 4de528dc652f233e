import { DatabaseBusy, DatabaseDown, CommitOutcomeUnknown, WrongDatabaseRole } from '@tollgate/postgres'
import { Overloaded } from '@tollgate/usage'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { errorPresenter } from './present-errors.ts'

const present = errorPresenter(pino({ level: 'silent' }))
const failure = (message: string, code: string) => Object.assign(new Error(message), { code })

describe.each([
  ['a busy database', new DatabaseBusy('Busy.', { retryAfterMs: 250 }), { code: 'OVERLOADED', retryAfterMs: 250 }, /Busy/],
  ['no free connection', new Error('timeout exceeded when trying to connect'), { code: 'OVERLOADED', retryAfterMs: 1_000 }, /busy/],
  ['a statement that took too long', failure('canceling', '57014'), { code: 'OVERLOADED', retryAfterMs: 1_000 }, /took too long/],
  ['a full queue', new Overloaded(70), { code: 'OVERLOADED', retryAfterMs: 70 }, /retry in 70 ms/],
  [
    'a connection in a role that is refused',
    new WrongDatabaseRole('owner', ['it is a superuser']),
    { code: 'DATABASE_UNAVAILABLE' },
    /^The database does not respond/,
  ],
  ['a database that is down', new DatabaseDown(), { code: 'DATABASE_UNAVAILABLE' }, /does not respond/],
  [
    'a commit of unknown outcome',
    new CommitOutcomeUnknown(new Error('gone')),
    { code: 'DATABASE_UNAVAILABLE' },
    /may or may not have been made.*same idempotency key/,
  ],
  ['a defect', failure('relation does not exist', '42P01'), { code: 'INTERNAL_SERVER_ERROR', unexpected: true }, /Internal error/],
])('%s', (_, error, extensions, message) => {
  it(`is presented as ${extensions.code}`, () => {
    const presented = present(error)
    expect(presented.extensions).toEqual(extensions)
    expect(presented.message).toMatch(message)
  })
})
