import { AlreadyExists, type DomainError, Forbidden, InvalidInput, type Issue, NotFound } from '@tollgate/kernel'
import { builder } from '../builder.ts'
import { ISSUE_CODES, type IssueCode, issueCode, issuePath } from './issue-code.ts'

/** The interface of all expected errors of mutations. */
export const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'An expected error of a mutation.',
  fields: t => ({
    code: t.exposeString('code', { description: 'A stable code for programs.' }),
    message: t.exposeString('message', { description: 'A message for people: what is wrong, where, and what to do.' }),
  }),
})

const IssueCodeRef = builder.enumType('IssueCode', {
  description: 'What is wrong with a field of an input. New codes may be added.',
  values: mapValues(ISSUE_CODES),
})

function mapValues(codes: typeof ISSUE_CODES) {
  return Object.fromEntries(Object.entries(codes).map(([code, description]) => [code, { value: code as IssueCode, description }])) as Record<
    IssueCode,
    { value: IssueCode; description: string }
  >
}

/** One error in one field of an input. */
export const InputIssueRef = builder.objectRef<Issue>('InputIssue').implement({
  description: 'One error in one field of an input.',
  fields: t => ({
    path: t.string({ description: 'The path of the field in the input: "events", "tokens.input", "scopes[1]".', resolve: issuePath }),
    code: t.field({ type: IssueCodeRef, description: 'What is wrong, for programs and translations.', resolve: issueCode }),
    message: t.exposeString('message', { description: 'What the field must be: "must be at most 64 characters".' }),
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
