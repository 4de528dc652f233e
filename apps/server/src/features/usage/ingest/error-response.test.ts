import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { DatabaseBusy } from '@tollgate/postgres'
import { Overloaded, StoreUnavailable, UsageStopped } from '@tollgate/usage'
import { describe, expect, it } from 'vitest'
import { errorResponseOf } from './error-response.ts'

describe('errorResponseOf', () => {
  it.each([
    { error: new InvalidInput([{ path: 'tenant', message: 'is missing' }]), status: 400, code: 'INVALID_INPUT', retryAfter: undefined },
    { error: new Forbidden('No.'), status: 403, code: 'FORBIDDEN', retryAfter: undefined },
    { error: new NotFound('tenant', 'nobody'), status: 404, code: 'NOT_FOUND', retryAfter: undefined },
    { error: new Overloaded(1_200), status: 429, code: 'OVERLOADED', retryAfter: '2' },
    { error: new DatabaseBusy('Busy.', { retryAfterMs: 500 }), status: 429, code: 'OVERLOADED', retryAfter: '1' },
    { error: new StoreUnavailable(), status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '1' },
    { error: new UsageStopped(), status: 503, code: 'USAGE_STOPPED', retryAfter: '1' },
    {
      error: Object.assign(new Error('no connection'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      retryAfter: '1',
    },
  ])('of $code has status $status and says when to send again', ({ error, status, code, retryAfter }) => {
    const response = errorResponseOf(error)
    expect([response?.status, response?.code, response?.headers?.['retry-after']]).toEqual([status, code, retryAfter])
  })

  it('of a defect is undefined, so that it is logged', () => {
    expect(errorResponseOf(new TypeError('x is not a function'))).toBeUndefined()
  })
})
