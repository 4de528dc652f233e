import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { failedAttempt } from './failed-attempt.ts'

it.each([
  [new Forbidden('Your API key does not have the scope "keys:write".'), 'denied', 'FORBIDDEN', /keys:write/],
  [new InvalidInput([{ path: 'name', message: 'is missing' }]), 'failure', 'INVALID_INPUT', /name: is missing/],
  [new NotFound('tenant', 'acme'), 'failure', 'NOT_FOUND', /"acme"/],
  [new Error('insert into keys failed: hunter2'), 'failure', 'INTERNAL_SERVER_ERROR', /^Unexpected error: see the log of the server\.$/],
  ['a text', 'failure', 'INTERNAL_SERVER_ERROR', /^Unexpected/],
])('says how %s ended', (error, result, code, message) => {
  expect(failedAttempt(error, {})).toEqual({ result, code, errorMessage: expect.stringMatching(message) })
})

it.each([{ input: { code: 'a' } }, { input: { conditions: [{ coupon: { code: 'a' } }] } }, { input: { password: { of: ['a'] } } }, { clientSecret: 'a' }])(
  'leaves out the message of an attempt with the secret in %j',
  args => {
    const { code, errorMessage } = failedAttempt(new NotFound('coupon', 'a'), args)
    expect([code, errorMessage]).toEqual(['NOT_FOUND', 'The message is not recorded, because it may quote a secret of the input.'])
  },
)

it('keeps the message if a secret was not sent', () => {
  expect(failedAttempt(new NotFound('tenant', 'acme'), { input: { code: null, tenantId: 'acme' } }).errorMessage).toMatch(/"acme"/)
})
