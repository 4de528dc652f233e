import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Endpoints, what is to be delivered to them, each attempt, and how far each source of notices was taken over. */
export const webhooksMigration = sqlMigration('webhooks/0001-webhooks', [
  `create schema webhooks`,
  `grant usage on schema webhooks to ${APPLICATION_ROLE}`,

  // No tenant: an operator's, which only an operator's scope sees. Secrets stand here as they are: they have to sign.
  `create table webhooks.endpoints (
     id uuid primary key,
     tenant_id text,
     url text not null,
     types text[],
     description text,
     enabled boolean not null default true,
     disabled_reason text,
     failing_since timestamptz,
     created_at timestamptz not null,
     secret text not null,
     old_secret text,
     old_secret_until timestamptz
   )`,
  `create index endpoints_of_tenants on webhooks.endpoints (tenant_id, id)`,
  grantToApplication('webhooks.endpoints', 'select, insert, update, delete'),
  ...isolateTenants('webhooks.endpoints'),

  // A delivery has its endpoint's tenant. Whatever a dispatcher does wrong, no endpoint is told twice of one notice.
  `create table webhooks.deliveries (
     id uuid primary key,
     endpoint_id uuid not null references webhooks.endpoints on delete cascade,
     tenant_id text,
     notice_id text not null,
     type text not null,
     payload text not null,
     state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
     failure text,
     attempts integer not null default 0,
     tries integer not null default 0,
     created_at timestamptz not null,
     next_attempt_at timestamptz,
     settled_at timestamptz,
     unique (endpoint_id, notice_id)
   )`,
  `create index deliveries_of_endpoints on webhooks.deliveries (endpoint_id, id)`,
  `create index deliveries_by_state on webhooks.deliveries (endpoint_id, state, id)`,
  `create index deliveries_by_time on webhooks.deliveries (created_at)`,
  grantToApplication('webhooks.deliveries', 'select, insert, update, delete'),
  ...isolateTenants('webhooks.deliveries'),

  `create table webhooks.attempts (
     delivery_id uuid not null references webhooks.deliveries on delete cascade,
     number integer not null,
     tenant_id text,
     at timestamptz not null,
     status_code integer,
     error text,
     duration_ms integer not null,
     primary key (delivery_id, number)
   )`,
  grantToApplication('webhooks.attempts', 'select, insert'),
  ...isolateTenants('webhooks.attempts'),

  // Locked by whoever takes notices over, so that each is taken over once.
  `create table webhooks.positions (source text primary key, position text not null)`,
  grantToApplication('webhooks.positions', 'select, insert, update'),
  `alter table webhooks.positions enable row level security`,
  `create policy operators_only on webhooks.positions using ((select tollgate.sees_every_tenant()))`,
])
