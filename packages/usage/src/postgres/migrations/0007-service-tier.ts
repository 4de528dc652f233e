import { sqlMigration } from '@tollgate/postgres'

/** How the provider served an event; null for standard, and for what was recorded before. In every partition at once, and nothing is rewritten. */
export const serviceTierMigration = sqlMigration('usage/0007-service-tier', [`alter table usage.events add column service_tier text`])
