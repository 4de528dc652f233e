import { CreditKeyReused, CreditsExceeded, CreditsOverloaded, CreditStoreUnavailable, GrantSpent, TooManyGrants } from '@tollgate/credits'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'

builder.objectType(CreditsOverloaded, {
  name: 'CreditsOverloadedError',
  description: 'Too many commands for credits are waiting, or the database is busy. Nothing was changed: retry later.',
  interfaces: [ErrorInterface],
  fields: t => ({ retryAfterMs: t.exposeInt('retryAfterMs', { description: 'Milliseconds to wait before the retry.' }) }),
})

builder.objectType(CreditStoreUnavailable, {
  name: 'CreditsUnavailableError',
  description: 'The database is unavailable. The change may or may not have been made: retry with the same idempotency key.',
  interfaces: [ErrorInterface],
})

builder.objectType(CreditKeyReused, {
  name: 'CreditKeyReusedError',
  description: 'The idempotency key was used with other values. Nothing was changed.',
  interfaces: [ErrorInterface],
})

builder.objectType(GrantSpent, {
  name: 'GrantSpentError',
  description: 'Less remains of the grant than you want to void. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({ remaining: t.expose('remaining', { type: 'Decimal', description: 'What remains of the grant.' }) }),
})

builder.objectType(CreditsExceeded, {
  name: 'CreditsExceededError',
  description: 'The wallet does not have enough credits. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({ spendable: t.expose('spendable', { type: 'Decimal', description: 'What can be spent.' }) }),
})

builder.objectType(TooManyGrants, {
  name: 'TooManyGrantsError',
  description: 'The wallet has the maximum number of open grants. Nothing was changed.',
  interfaces: [ErrorInterface],
})
