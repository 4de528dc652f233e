import { grantToApplication, isolateTenants, shareWithTenants, sqlMigration } from '@tollgate/postgres'

/** Invoices, what was billed, and how tenants are invoiced. */
export const invoicesMigration = sqlMigration('invoicing/0008-invoices', [
  // Locked by whatever bills, numbers or voids: so numbers have no gap, and nothing is billed twice.
  `create table invoicing.billing_accounts (
     tenant_id text collate "C" primary key,
     revision bigint not null,
     -- The last number of each series.
     numbers jsonb not null
   )`,
  grantToApplication('invoicing.billing_accounts', 'select, insert, update (revision, numbers)'),
  ...isolateTenants('invoicing.billing_accounts'),

  // Periods that are billed. The first of a subscription is empty: its fees in advance are billed at its start.
  `create table invoicing.billing_periods (
     tenant_id text collate "C" not null,
     subscription_id uuid not null,
     period_to timestamptz not null,
     period_from timestamptz not null,
     line_dimensions jsonb not null,
     primary key (tenant_id, subscription_id, period_to),
     check (period_from <= period_to)
   )`,
  grantToApplication('invoicing.billing_periods', 'select, insert'),
  ...isolateTenants('invoicing.billing_periods'),

  // A draft says what it is for. Its contents are computed when it is read.
  `create table invoicing.draft_invoices (
     tenant_id text collate "C" not null,
     id uuid not null,
     subscription_id uuid not null,
     period_from timestamptz not null,
     period_to timestamptz not null,
     line_dimensions jsonb not null,
     primary key (tenant_id, id)
   )`,
  grantToApplication('invoicing.draft_invoices', 'select, insert, delete'),
  ...isolateTenants('invoicing.draft_invoices'),

  // Finalised invoices and credit notes. Nothing changes but the state and what is paid.
  `create table invoicing.invoices (
     tenant_id text collate "C" not null,
     id uuid not null,
     kind text not null check (kind in ('invoice', 'credit_note')),
     series text collate "C" not null,
     sequence integer not null check (sequence > 0),
     number text collate "C" not null,
     state text not null check (state in ('open', 'void', 'uncollectible')),
     subscription_id uuid,
     currency text not null,
     period_from timestamptz not null,
     period_to timestamptz not null,
     issued_at timestamptz not null,
     due_at timestamptz,
     sent_at timestamptz,
     time_zone text not null,
     seller jsonb not null,
     buyer jsonb not null,
     tax_behavior text not null,
     taxes jsonb not null,
     subtotal numeric not null,
     discount_total numeric not null,
     credit_total numeric not null,
     tax_total numeric not null,
     total numeric not null,
     amount_paid numeric not null default 0,
     -- What is due minus what the lines bill, before tax. The sum is carried over to the next invoice of the subscription.
     rounding numeric not null,
     corrects_invoice_id uuid,
     notes text,
     primary key (tenant_id, id),
     unique (tenant_id, series, sequence),
     foreign key (tenant_id, corrects_invoice_id) references invoicing.invoices (tenant_id, id),
     check (total = subtotal - discount_total - credit_total + case tax_behavior when 'exclusive' then tax_total else 0 end)
   )`,
  'create index credit_notes_of_invoices on invoicing.invoices (tenant_id, corrects_invoice_id) where corrects_invoice_id is not null',
  `create index open_invoices on invoicing.invoices (tenant_id, due_at) where state = 'open' and amount_paid < total`,
  'create index invoices_of_subscriptions on invoicing.invoices (tenant_id, subscription_id) include (state, rounding) where subscription_id is not null',
  grantToApplication('invoicing.invoices', 'select, insert, update (state, sent_at, amount_paid)'),
  ...isolateTenants('invoicing.invoices'),

  `create table invoicing.invoice_lines (
     tenant_id text collate "C" not null,
     invoice_id uuid not null,
     position integer not null check (position > 0),
     id uuid not null,
     kind text not null,
     description text not null,
     period_from timestamptz not null,
     period_to timestamptz not null,
     quantity numeric not null,
     unit text not null,
     unit_amount numeric not null,
     amount numeric not null,
     discounts jsonb not null,
     credits numeric not null,
     net_amount numeric not null,
     tax jsonb not null,
     tax_amount numeric not null,
     provider text,
     model text,
     dimensions jsonb not null,
     provenance jsonb not null,
     -- What the line charges, exact and in its own currency. Null for lines that are not compared with what is due.
     charge_key text collate "C",
     basis_from timestamptz,
     basis_to timestamptz,
     charge_currency text,
     charge_amount numeric,
     charge_discounts jsonb,
     charge_credits numeric,
     conversion jsonb,
     primary key (tenant_id, invoice_id, position),
     foreign key (tenant_id, invoice_id) references invoicing.invoices (tenant_id, id)
   )`,
  // For what was billed of the last periods.
  'create index billed_lines on invoicing.invoice_lines (tenant_id, basis_to) where charge_key is not null',
  grantToApplication('invoicing.invoice_lines', 'select, insert'),
  ...isolateTenants('invoicing.invoice_lines'),

  `create table invoicing.billing_profiles (
     tenant_id text collate "C" primary key,
     profile jsonb not null
   )`,
  grantToApplication('invoicing.billing_profiles', 'select, insert, update (profile)'),
  ...isolateTenants('invoicing.billing_profiles'),

  // One row, of the installation.
  `create table invoicing.billing_settings (
     id text primary key check (id = 'settings'),
     settings jsonb not null
   )`,
  grantToApplication('invoicing.billing_settings', 'select, insert, update (settings)'),
  ...shareWithTenants('invoicing.billing_settings'),
  `create policy operators_write on invoicing.billing_settings
     using ((select tollgate.sees_every_tenant())) with check ((select tollgate.sees_every_tenant()))`,

  `create table invoicing.exchange_rates (
     rate_date date not null,
     base text not null,
     quote text not null,
     rate numeric not null check (rate > 0),
     source text not null,
     primary key (rate_date, base, quote)
   )`,
  grantToApplication('invoicing.exchange_rates', 'select, insert'),
  ...shareWithTenants('invoicing.exchange_rates'),
  'create policy operators_write on invoicing.exchange_rates for insert with check ((select tollgate.sees_every_tenant()))',
])
