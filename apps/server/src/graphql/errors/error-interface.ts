import { AlreadyExists, type DomainError, Forbidden, InvalidInput, type Issue, NotFound } from '@tollgate/kernel'
import { builder } from '../builder.ts'

/** The interface of every failure that a mutation can answer with. */
export const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'Why a mutation did not do what was asked.',
  fields: t => ({
    code: t.exposeString('code', { description: 'For programs; does not change.' }),
    message: t.exposeString('message', { description: 'For people: what was wrong, where, and what to do.' }),
  }),
})

/** One thing wrong with one field of an input. */
export const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One thing wrong with one field of an input.',
  fields: t => ({
    path: t.exposeString('path', { description: 'The field as it was written: "events", "tokens.input", "scopes[1]".' }),
    message: t.exposeString('message', { description: 'What it must be.' }),
  }),
})

builder.objectType(InvalidInput, {
  name: 'InvalidInputError',
  description: 'The input cannot be taken as it is.',
  interfaces: [ErrorInterface],
  fields: t => ({
    issues: t.field({ type: [InputIssueRef], description: 'Everything that is wrong with it, field by field.', resolve: ({ issues }) => [...issues] }),
  }),
})

builder.objectType(Forbidden, {
  name: 'ForbiddenError',
  description: 'Your API key may not do this: it lacks a scope, or is of another tenant.',
  interfaces: [ErrorInterface],
})

builder.objectType(NotFound, {
  name: 'NotFoundError',
  description: 'Something that the input names does not exist, as far as you can see.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'What was looked for: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that nothing has.' }),
  }),
})

builder.objectType(AlreadyExists, {
  name: 'AlreadyExistsError',
  description: 'There is one with this id already; nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'What it is: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that is taken.' }),
  }),
})
