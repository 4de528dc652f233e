import type { AuditVerification, VerifyRequest } from '@tollgate/audit'
import { expect, it } from 'vitest'
import { followVerification } from './follow-verification.ts'

const RESULT: AuditVerification = { valid: true, events: 3, archivedEvents: 0, archives: 0, checkpoints: 1, firstInvalid: null }

/** An audit log whose verification goes on as the test says. */
function stepwise() {
  const ended = Promise.withResolvers<AuditVerification>()
  let asked: VerifyRequest | undefined
  return {
    verify: (request: VerifyRequest) => {
      asked = request
      return ended.promise
    },
    progress: (verified: number) => asked?.onProgress?.({ verified, total: 3 }),
    ...ended,
  }
}

it('streams how far a verification is, and ends with its result', async () => {
  const log = stepwise()
  const stream = followVerification(log, { tenantId: 'acme', maxEvents: 10 })
  log.progress(1)
  expect((await stream.next()).value).toEqual({ verified: 1, total: 3, result: null })
  const next = stream.next()
  log.progress(2)
  expect((await next).value).toEqual({ verified: 2, total: 3, result: null })
  log.resolve(RESULT)
  expect((await stream.next()).value).toEqual({ verified: 3, total: 3, result: RESULT })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

it('passes on why a log cannot be verified', async () => {
  const log = stepwise()
  const stream = followVerification(log, { tenantId: null, maxEvents: 10 })
  log.reject(new Error('The log is too long.'))
  await expect(stream.next()).rejects.toThrow('The log is too long.')
})

it('ends the verification when its consumer has gone', async () => {
  const log = stepwise()
  const stream = followVerification(log, { tenantId: 'acme', maxEvents: 10 })
  await stream.return(undefined)
  expect(() => log.progress(1)).toThrow()
})
