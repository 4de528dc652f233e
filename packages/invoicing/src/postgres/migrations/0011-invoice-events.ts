import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** What happens to invoices, for webhooks and subscriptions. */
export const invoiceEventsMigration = sqlMigration('invoicing/0011-invoice-events', [
  // The last sequence of a tenant's events. Locked until commit by a transaction that adds events, so that they become visible in their order.
  'create table invoicing.invoice_event_heads (tenant_id text collate "C" primary key, last bigint not null)',
  grantToApplication('invoicing.invoice_event_heads', 'select, insert, update'),
  ...isolateTenants('invoicing.invoice_event_heads'),

  // Inserted only; a transaction of its own gives what was committed its position among the events of all tenants.
  `create table invoicing.invoice_events (
     tenant_id text collate "C" not null,
     sequence bigint not null,
     invoice_id uuid not null,
     kind text not null,
     occurred_at timestamptz not null,
     number text,
     currency text not null,
     total numeric not null,
     amount_paid numeric not null,
     credit_note_id uuid,
     amount numeric,
     position bigint,
     primary key (tenant_id, sequence)
   )`,
  `create unique index invoice_overdue_once on invoicing.invoice_events (tenant_id, invoice_id) where kind = 'overdue'`,
  'create index invoice_events_by_position on invoicing.invoice_events (position)',
  'create index invoice_events_of_tenants on invoicing.invoice_events (tenant_id, position)',
  'create index invoice_events_without_position on invoicing.invoice_events (tenant_id, sequence) where position is null',
  grantToApplication('invoicing.invoice_events', 'select, insert, update (position)'),
  ...isolateTenants('invoicing.invoice_events'),

  // One row: the last position. Locked until commit by the transaction that numbers events, so that positions become visible in their order.
  'create table invoicing.invoice_event_position (only_row boolean primary key default true check (only_row), last bigint not null)',
  'insert into invoicing.invoice_event_position (last) values (0)',
  grantToApplication('invoicing.invoice_event_position', 'select, update'),
  'alter table invoicing.invoice_event_position enable row level security',
  'create policy operators_only on invoicing.invoice_event_position using ((select tollgate.sees_every_tenant()))',
])
