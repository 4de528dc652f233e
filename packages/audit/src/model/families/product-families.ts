import type { JsonObject } from '../audit-event.ts'
import { defineAuditFamily } from '../define-audit-family.ts'

/** Trials of tenants. */
export const trialAudit = defineAuditFamily('trial', {
  created: ({ email, businessName, businessType }: { email: string; businessName: string; businessType: string }) => ({
    details: { businessName, businessType },
    personalDetails: { email },
  }),
  upgraded: (from: string, to: string) => ({ before: { plan: from }, after: { plan: to } }),
  extended: (days: number, expiresAt: string | { toString(): string }) => ({ details: { days, expiresAt: String(expiresAt) } }),
  expired: (details: JsonObject = {}) => ({ details }),
})

/** Knowledge bases. */
export const kbAudit = defineAuditFamily('kb', {
  uploaded: (kbId: string, filename: string, bytes: number) => ({ resource: { type: 'knowledge_base', id: kbId }, details: { filename, bytes } }),
  crawled: (jobId: string, url: string, pages: number) => ({ resource: { type: 'crawl_job', id: jobId }, details: { url, pages } }),
  manualAdded: (kbId: string, items: number) => ({ resource: { type: 'knowledge_base', id: kbId }, details: { items } }),
  deleted: (kbId: string) => ({ resource: { type: 'knowledge_base', id: kbId } }),
})

/** Configurations of tenants. */
export const configAudit = defineAuditFamily('config', {
  brandingUpdated: (configId: string, branding: JsonObject) => ({ resource: { type: 'config', id: configId }, after: branding }),
  toolsAssigned: (configId: string, tools: readonly string[]) => ({ resource: { type: 'config', id: configId }, after: { tools } }),
})

/** Chat messages. Their text is not recorded. */
export const chatAudit = defineAuditFamily('chat', {
  messageReceived: (sessionId: string, characters: number) => ({ resource: { type: 'chat_session', id: sessionId }, details: { characters } }),
  responseSent: (sessionId: string, tokens: number) => ({ resource: { type: 'chat_session', id: sessionId }, details: { tokens } }),
})

/** Errors that users saw. */
export const errorAudit = defineAuditFamily('error', {
  apiError: (endpoint: string, statusCode: number, errorMessage: string) => ({
    resource: { type: 'endpoint', id: endpoint },
    result: 'failure',
    errorMessage,
    details: { statusCode },
  }),
  quotaExceeded: (metric: string, limit: number | string, requested: number | string) => ({
    resource: { type: 'quota', id: metric },
    result: 'denied',
    errorMessage: `The ${metric} quota is used up.`,
    details: { metric, limit: String(limit), requested: String(requested) },
  }),
})
