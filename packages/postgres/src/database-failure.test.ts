import { InvalidInput } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import {
  asDatabaseBusy,
  CommitOutcomeUnknown,
  connectionFailure,
  DatabaseBusy,
  DatabaseDown,
  isConflict,
  isDatabaseUnavailable,
  refusedValue,
  sqlState,
} from './database-failure.ts'
import { WrongDatabaseRole } from './owner/connection-role.ts'

const failure = (message: string, fields: object = {}) => Object.assign(new Error(message), fields)

const NEITHER = { unavailable: false, busy: false, conflict: false }
const AWAY = { ...NEITHER, unavailable: true }
const BUSY = { ...NEITHER, busy: true }
const CONFLICT = { ...NEITHER, conflict: true }

describe.each([
  ['a refused connection', failure('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' }), undefined, AWAY],
  ['a broken pipe, whose code has five characters too', failure('write EPIPE', { code: 'EPIPE', syscall: 'write' }), undefined, AWAY],
  ['a connection in a role that is refused', new WrongDatabaseRole('owner', ['it is a superuser']), undefined, AWAY],
  ['a connection that ended', failure('Connection terminated unexpectedly'), undefined, AWAY],
  ['a connection that PostgreSQL did not accept in time', failure('Connection terminated due to connection timeout'), undefined, AWAY],
  ['a server that shuts down', failure('terminating connection', { code: '57P01' }), '57P01', AWAY],
  ['a full disk', failure('could not extend file', { code: '53100' }), '53100', AWAY],
  ['a database that is known to be down', new DatabaseDown(), undefined, AWAY],
  ['a commit of unknown outcome', new CommitOutcomeUnknown(new Error('gone')), undefined, AWAY],
  ['no free connection in time', failure('timeout exceeded when trying to connect'), undefined, BUSY],
  ['too many connections', failure('sorry', { code: '53300' }), '53300', BUSY],
  ['memory that is used up', failure('out of memory', { code: '53200' }), '53200', BUSY],
  ['a statement that took too long', failure('canceling statement due to statement timeout', { code: '57014' }), '57014', BUSY],
  ['a lock that was not released in time', failure('canceling statement due to lock timeout', { code: '55P03' }), '55P03', BUSY],
  ['a transaction that was idle for too long', failure('terminating connection', { code: '25P03' }), '25P03', BUSY],
  ['a busy database', new DatabaseBusy('busy'), undefined, BUSY],
  ['a deadlock', failure('deadlock detected', { code: '40P01' }), '40P01', CONFLICT],
  ['a serialization failure', failure('could not serialize access', { code: '40001' }), '40001', CONFLICT],
  ['a violated constraint', failure('duplicate key', { code: '23505' }), '23505', NEITHER],
  ['an expected failure', new InvalidInput([{ path: '', message: 'Connection terminated' }]), undefined, NEITHER],
  ['a text', 'Connection terminated', undefined, NEITHER],
])('%s', (_, error, state, kind) => {
  it(`is ${kind.unavailable ? 'an outage' : kind.busy ? 'a busy database' : kind.conflict ? 'a conflict' : 'none of these'}`, () => {
    expect({ unavailable: isDatabaseUnavailable(error), busy: asDatabaseBusy(error) !== undefined, conflict: isConflict(error) }).toEqual(kind)
    expect(sqlState(error)).toBe(state)
  })
})

it.each([
  ['22021', 'text'],
  ['22P05', 'text'],
  ['54000', 'size'],
  ['54001', 'size'],
  ['22P02', undefined],
  ['57P01', undefined],
])('says that a value with the error %s is refused because of its %s', (code, reason) => {
  expect(refusedValue(failure('refused', { code }))).toBe(reason)
})

it('counts a missing connection as an outage while the database is known to be down', () => {
  const error = failure('timeout exceeded when trying to connect')
  expect(isDatabaseUnavailable(connectionFailure(error, true))).toBe(true)
  expect(connectionFailure(error, false)).toBe(error)
})
