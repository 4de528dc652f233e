import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** An e-mail and what has become of it. */
const MAIL = `
     id uuid not null,
     key text collate "C" not null,
     kind text not null,
     recipient text not null,
     locale text not null,
     data jsonb not null,
     created_at timestamptz not null,
     state text not null default 'pending' check (state in ('pending', 'sent', 'failed', 'unsubscribed')),
     attempts integer not null default 0,
     sent_at timestamptz,
     error text`

const SUBSCRIPTION = 'kind text not null, address text not null, unsubscribed_at timestamptz not null'

const onlyOperators = (table: string) => [
  `alter table ${table} enable row level security`,
  `create policy operators_only on ${table} using ((select tollgate.sees_every_tenant()))`,
]

/** E-mails to send, of tenants and of the operator, and who gets no more of them. */
export const mailMigration = sqlMigration('invoicing/0007-mail', [
  `create table invoicing.mails (tenant_id text collate "C" not null, ${MAIL}, primary key (tenant_id, id), unique (tenant_id, key))`,
  grantToApplication('invoicing.mails', 'select, insert, update (state, attempts, sent_at, error)'),
  ...isolateTenants('invoicing.mails'),
  `create table invoicing.operator_mails (${MAIL}, primary key (id), unique (key))`,
  grantToApplication('invoicing.operator_mails', 'select, insert, update (state, attempts, sent_at, error)'),
  ...onlyOperators('invoicing.operator_mails'),

  `create table invoicing.mail_unsubscribes (tenant_id text collate "C" not null, ${SUBSCRIPTION}, primary key (tenant_id, kind, address))`,
  grantToApplication('invoicing.mail_unsubscribes', 'select, insert'),
  ...isolateTenants('invoicing.mail_unsubscribes'),
  `create table invoicing.operator_mail_unsubscribes (${SUBSCRIPTION}, primary key (kind, address))`,
  grantToApplication('invoicing.operator_mail_unsubscribes', 'select, insert'),
  ...onlyOperators('invoicing.operator_mail_unsubscribes'),
])
