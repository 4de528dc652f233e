import { AlreadyExists, type DomainError, Forbidden, InvalidInput, type Issue, NotFound } from '@tollgate/kernel'
import { builder } from '../builder.ts'

/** The interface of all expected errors of mutations. */
export const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'An expected error of a mutation.',
  fields: t => ({
    code: t.exposeString('code', { description: 'A stable code for programs.' }),
    message: t.exposeString('message', { description: 'A message for people: what is wrong, where, and what to do.' }),
  }),
})

/** One error in one field of an input. */
export const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One error in one field of an input.',
  fields: t => ({
    path: t.exposeString('path', { description: 'The path of the field: "events", "tokens.input", "scopes[1]".' }),
    message: t.exposeString('message', { description: 'What the field must be.' }),
  }),
})

builder.objectType(InvalidInput, {
  name: 'InvalidInputError',
  description: 'The input is invalid.',
  interfaces: [ErrorInterface],
  fields: t => ({
    issues: t.field({ type: [InputIssueRef], description: 'All errors, field by field.', resolve: ({ issues }) => [...issues] }),
  }),
})

builder.objectType(Forbidden, {
  name: 'ForbiddenError',
  description: 'Your API key lacks a scope for this, or belongs to another tenant.',
  interfaces: [ErrorInterface],
})

builder.objectType(NotFound, {
  name: 'NotFoundError',
  description: 'A resource that the input names does not exist, or you may not see it.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'The kind of resource: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that was not found.' }),
  }),
})

builder.objectType(AlreadyExists, {
  name: 'AlreadyExistsError',
  description: 'A resource with this id already exists. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: t => ({
    resource: t.exposeString('resource', { description: 'The kind of resource: "tenant".' }),
    id: t.exposeString('id', { description: 'The id that already exists.' }),
  }),
})
