import type { BillingRun } from '@tollgate/invoicing/billing'
import { Forbidden, InvalidInput, isUuid } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import { PAGES } from '../../../../graphql/limits/limits.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../../graphql/relay/page.ts'
import { pageArguments } from '../../../../graphql/relay/page-arguments.ts'
import { BillingRunId } from '../../ids.ts'
import { BillingFailureRef, RunBillingInputRef } from './run-billing-inputs.ts'

const OPERATORS = { $all: { operator: true, can: 'billing:read' as const } }

const BillingRunStateRef = builder.enumType('BillingRunState', {
  description: 'What a billing run does at present.',
  values: {
    QUEUED: { value: 'queued', description: 'It waits for a server.' },
    RUNNING: { value: 'running', description: 'A server works on it. If the server is killed, another one continues.' },
    INTERRUPTED: { value: 'interrupted', description: 'A server stopped. Another one continues after the last tenants that are done.' },
    COMPLETED: { value: 'completed', description: 'Every tenant was billed or could not be.' },
  } as const,
})

const BillingFailureConnectionRef = builder.connectionObject({ type: BillingFailureRef, name: 'BillingFailureConnection' }, { name: 'BillingFailureEdge' })

/** A billing run with its progress. */
export const BillingRunRef = builder.objectRef<BillingRun>('BillingRun').implement({
  description: 'A billing run over many tenants, and its progress.',
  fields: t => ({
    id: t.id({ description: 'Id of the run: "brun_…".', resolve: ({ id }) => BillingRunId.encode(id) }),
    state: t.expose('state', { type: BillingRunStateRef, description: 'What it does at present.' }),
    through: t.expose('through', { type: 'DateTime', description: 'The run bills the periods that end at or before this time.' }),
    finalize: t.exposeBoolean('finalize', { description: 'Whether invoices are finalised.' }),
    tenantTotal: t.int({ nullable: true, description: 'Number of tenants to bill. Null until it starts.', resolve: ({ total }) => total }),
    tenantCount: t.exposeInt('tenants', { description: 'Number of tenants that are done.' }),
    invoiceCount: t.exposeInt('invoices', { description: 'Number of new invoices.' }),
    draftCount: t.exposeInt('drafts', { description: 'Number of drafts.' }),
    failureCount: t.exposeInt('failures', { description: 'Number of tenants that could not be billed, or not completely.' }),
    failures: t.field({
      type: BillingFailureConnectionRef,
      complexity: pageComplexity(PAGES.invoices),
      description: 'The tenants that could not be billed, or not completely, and why.',
      args: {
        ...pageArguments(t.arg, PAGES.invoices),
      },
      resolve: async ({ id }, args, { tollgate }) => {
        const page = readPage(args, PAGES.invoices, decodeCursor)
        const { items, hasMore } = await tollgate.billingRuns.failures(id, page)
        return toConnection(items, { hasMore, page, cursor: ({ tenantId }) => encodeCursor(tenantId) })
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was queued.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a server began to work on it. Null until then.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last made progress.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it completed. Null until then.' }),
  }),
})

const BillingRunConnectionRef = builder.connectionObject({ type: BillingRunRef, name: 'BillingRunConnection' }, { name: 'BillingRunEdge' })

builder.queryFields(t => ({
  billingRun: t.field({
    type: BillingRunRef,
    nullable: true,
    authScopes: OPERATORS,
    description: 'A billing run. Null if there is none with this id. Requires an operator key.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run: "brun_…".' }) },
    resolve: (_root, { id }, { tollgate }) => tollgate.billingRuns.find(BillingRunId.decode(id)),
  }),
  billingRuns: t.field({
    type: BillingRunConnectionRef,
    authScopes: OPERATORS,
    complexity: pageComplexity(PAGES.invoices),
    description: 'Lists billing runs, latest first. They are kept for 400 days. Requires an operator key.',
    args: {
      ...pageArguments(t.arg, PAGES.invoices),
    },
    resolve: async (_root, args, { tollgate }) => {
      const page = readPage(args, PAGES.invoices, readRunCursor)
      const { items, hasMore } = await tollgate.billingRuns.list(page)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))

function readRunCursor(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!isUuid(id)) throw invalidCursor()
  return id
}

const StartBillingRunPayloadRef = builder.objectRef<{ run: BillingRun }>('StartBillingRunPayload').implement({
  description: 'The run is queued, or one that bills the same has not completed yet.',
  fields: t => ({ run: t.expose('run', { type: BillingRunRef, description: 'The run.' }) }),
})

builder.mutationField('startBillingRun', t =>
  t.field({
    type: StartBillingRunPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.runStarted',
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Queues a billing run, which outlives the request: follow it with `billingRun`. A run that bills the same and has not completed is returned instead of a new one; others wait for it. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: RunBillingInputRef, required: true, description: 'What to bill.' }) },
    resolve: async (_root, { input: { through, tenantIds, finalize } }, { tollgate }) => {
      for (const tenantId of tenantIds ?? []) await tollgate.accounts.requireTenant(tenantId)
      return { run: await tollgate.billingRuns.start({ through, tenantIds: tenantIds ?? undefined, finalize: finalize ?? true }) }
    },
  }),
)
