import { InvalidInput } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { isConflict, isDatabaseUnavailable, refusedValue, sqlState } from './database-failure.ts'

const failure = (message: string, fields: object = {}) => Object.assign(new Error(message), fields)

describe.each([
  [
    'a refused connection',
    failure('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' }),
    { state: undefined, unavailable: true, conflict: false },
  ],
  [
    'a broken pipe, whose code has five characters too',
    failure('write EPIPE', { code: 'EPIPE', syscall: 'write' }),
    { state: undefined, unavailable: true, conflict: false },
  ],
  ['a connection that ended', failure('Connection terminated unexpectedly'), { state: undefined, unavailable: true, conflict: false }],
  ['no connection in time', failure('timeout exceeded when trying to connect'), { state: undefined, unavailable: true, conflict: false }],
  ['a server that shuts down', failure('terminating connection', { code: '57P01' }), { state: '57P01', unavailable: true, conflict: false }],
  ['too many connections', failure('sorry', { code: '53300' }), { state: '53300', unavailable: true, conflict: false }],
  ['a deadlock', failure('deadlock detected', { code: '40P01' }), { state: '40P01', unavailable: false, conflict: true }],
  ['a serialization failure', failure('could not serialize access', { code: '40001' }), { state: '40001', unavailable: false, conflict: true }],
  ['a statement that was cancelled', failure('canceling statement', { code: '57014' }), { state: '57014', unavailable: false, conflict: false }],
  ['a violated constraint', failure('duplicate key', { code: '23505' }), { state: '23505', unavailable: false, conflict: false }],
  ['an expected failure', new InvalidInput([{ path: '', message: 'Connection terminated' }]), { state: undefined, unavailable: false, conflict: false }],
  ['a text', 'Connection terminated', { state: undefined, unavailable: false, conflict: false }],
])('%s', (_, error, { state, unavailable, conflict }) => {
  it(`is ${unavailable ? 'an outage' : conflict ? 'a conflict' : 'neither'}`, () => {
    expect([sqlState(error), isDatabaseUnavailable(error), isConflict(error)]).toEqual([state, unavailable, conflict])
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
