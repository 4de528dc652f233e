import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Payments, their refunds, and what they pay. */
export const paymentsMigration = sqlMigration('invoicing/0005-payments', [
  // Locked by a transaction that changes payments of the tenant.
  'create table invoicing.payment_locks (tenant_id text collate "C" primary key)',
  grantToApplication('invoicing.payment_locks', 'select, insert, update'),
  ...isolateTenants('invoicing.payment_locks'),

  `create table invoicing.payments (
     tenant_id text collate "C" not null,
     id uuid not null,
     provider text collate "C" not null,
     provider_payment_id text collate "C",
     status text not null check (status in ('pending', 'succeeded', 'failed', 'refunded', 'partially_refunded')),
     amount numeric not null check (amount > 0),
     currency text not null,
     refunded numeric not null check (refunded between 0 and amount),
     unallocated numeric not null check (unallocated >= 0),
     created_at timestamptz not null,
     received_at timestamptz,
     invoice_id uuid,
     reference text,
     failure_message text,
     -- What each invoice has of it: sums of allocation_entries.
     allocations jsonb not null,
     idempotency_key text collate "C" not null,
     fingerprint text not null,
     primary key (tenant_id, id),
     unique (tenant_id, idempotency_key),
     unique (tenant_id, provider, provider_payment_id)
   )`,
  'create index unallocated_payments on invoicing.payments (tenant_id, received_at) where unallocated > 0',
  'create index payments_for_invoices on invoicing.payments (tenant_id, invoice_id, id) where invoice_id is not null',
  grantToApplication(
    'invoicing.payments',
    'select, insert, update (provider_payment_id, status, amount, currency, refunded, unallocated, received_at, failure_message, allocations)',
  ),
  ...isolateTenants('invoicing.payments'),

  // Inserted only: the server cannot change or delete what was allocated.
  `create table invoicing.allocation_entries (
     tenant_id text collate "C" not null,
     payment_id uuid not null,
     number integer not null,
     invoice_id uuid not null,
     amount numeric not null check (amount <> 0),
     allocated_at timestamptz not null,
     primary key (tenant_id, payment_id, number),
     foreign key (tenant_id, payment_id) references invoicing.payments
   )`,
  'create index allocation_entries_of_invoices on invoicing.allocation_entries (tenant_id, invoice_id, allocated_at)',
  grantToApplication('invoicing.allocation_entries', 'select, insert'),
  ...isolateTenants('invoicing.allocation_entries'),

  `create table invoicing.payment_refunds (
     tenant_id text collate "C" not null,
     id uuid not null,
     payment_id uuid not null,
     status text not null check (status in ('pending', 'succeeded', 'failed')),
     amount numeric not null check (amount > 0),
     reason text,
     provider_refund_id text collate "C",
     requested_at timestamptz not null,
     failure_message text,
     primary key (tenant_id, id),
     unique (tenant_id, payment_id, provider_refund_id),
     foreign key (tenant_id, payment_id) references invoicing.payments
   )`,
  grantToApplication('invoicing.payment_refunds', 'select, insert, update (status, provider_refund_id, failure_message)'),
  ...isolateTenants('invoicing.payment_refunds'),

  `create table invoicing.refund_keys (
     tenant_id text collate "C" not null,
     key text collate "C" not null,
     fingerprint text not null,
     payment_id uuid not null,
     refund_id uuid not null,
     primary key (tenant_id, key),
     foreign key (tenant_id, refund_id) references invoicing.payment_refunds
   )`,
  grantToApplication('invoicing.refund_keys', 'select, insert'),
  ...isolateTenants('invoicing.refund_keys'),

  // Events of providers that were applied: a repeat of one changes nothing.
  `create table invoicing.payment_events (
     tenant_id text collate "C" not null,
     provider text collate "C" not null,
     event_id text collate "C" not null,
     payment_id uuid not null,
     applied_at timestamptz not null,
     primary key (tenant_id, provider, event_id)
   )`,
  grantToApplication('invoicing.payment_events', 'select, insert'),
  ...isolateTenants('invoicing.payment_events'),

  `create table invoicing.payment_customers (
     tenant_id text collate "C" not null,
     provider text collate "C" not null,
     customer_id text not null,
     primary key (tenant_id, provider)
   )`,
  grantToApplication('invoicing.payment_customers', 'select, insert'),
  ...isolateTenants('invoicing.payment_customers'),
])
