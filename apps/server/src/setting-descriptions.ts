import type { SettingName } from './environment-variables.ts'

/** What a setting does, in Markdown for the operating guide. `--help` shows it without links. */
export interface SettingDescription {
  readonly meaning: string
  /** For a default that depends on something else. Defaults to that of the variable. */
  readonly default?: string
}

/** Every setting, in the order of the guide. */
export const SETTING_DESCRIPTIONS: Readonly<Record<SettingName, SettingDescription>> = {
  PORT: { meaning: 'port to listen on; 0 picks a free one' },
  TOLLGATE_HOST: { meaning: 'address to listen on; `0.0.0.0` listens on all; see [Connections](#connections)' },
  DATABASE_URL: { default: 'embedded PostgreSQL', meaning: 'your PostgreSQL 18 or newer; see [The database](#the-database)' },
  TOLLGATE_MIGRATIONS_URL: {
    default: '`DATABASE_URL`',
    meaning: "the owner's direct URL, if `DATABASE_URL` is that of a role for the server or goes through a pooler",
  },
  TOLLGATE_MIGRATION_WAIT_SECONDS: { meaning: 'how long a start waits for another process that migrates' },
  TOLLGATE_PREPARED_STATEMENTS: { default: '1, or 0 through a pooler', meaning: 'whether statements are prepared by name; see [Poolers](#poolers)' },
  TOLLGATE_DATA_DIR: { meaning: 'directory of the embedded PostgreSQL and of generated keys' },
  TOLLGATE_POOL_SIZE: { meaning: 'database connections for requests: half for writes, half for reads; see [Connections](#connections-1)' },
  TOLLGATE_WRITE_CONNECTIONS: { default: 'half of `TOLLGATE_POOL_SIZE`', meaning: 'connections for commits, quota decisions and changes' },
  TOLLGATE_READ_CONNECTIONS: { default: 'half of `TOLLGATE_POOL_SIZE`', meaning: 'connections for reads' },
  TOLLGATE_JOB_CONNECTIONS: { meaning: 'connections for background work' },
  TOLLGATE_TENANT_READS: { default: 'a quarter of the connections for reads, at least 2', meaning: 'maximum number of reads of one tenant at the same time' },
  TOLLGATE_TENANT_READ_SECONDS: { meaning: 'database time in seconds that the reads of one tenant may use in each minute; 0: no limit' },
  TOLLGATE_READ_WAIT_SECONDS: { meaning: 'how long a request waits for its turn at the database' },
  TOLLGATE_MAX_CLOCK_OFFSET_SECONDS: { meaning: "how far the machine's clock may be from the database's; 0 for any distance; see [Clocks](#clocks)" },
  TOLLGATE_OPERATOR_KEY: { default: 'generated', meaning: 'operator key to accept' },
  TOLLGATE_PUBLIC_PLANS: { meaning: 'plans whose charges every tenant may simulate' },
  BILLING_DEFAULT_CURRENCY: { meaning: 'currency of new tenants that name none' },
  BILLING_AUTO_BILLING: { meaning: 'whether tenants are billed when their periods end, once the seller is set; see [Billing](billing.md)' },
  BILLING_SEND_INVOICES: { meaning: 'whether invoices and credit notes are sent by e-mail when they are finalised; see [E-mail](invoicing.md#e-mail)' },
  TOLLGATE_METRICS_KEY: { meaning: 'key that `/metrics` requires (`Authorization: Bearer …`)' },
  TOLLGATE_METRICS_PORT: {
    default: '`PORT`',
    meaning: 'separate port for `/metrics`, `/healthz` and `/readyz`, which answers as soon as the process runs; see [Monitoring](monitoring.md)',
  },
  TOLLGATE_KEEP_ALIVE_SECONDS: { meaning: 'how long a connection without a request stays open' },
  TOLLGATE_MAX_CONNECTIONS: { meaning: 'maximum number of connections' },
  TOLLGATE_MAX_CONNECTIONS_PER_ADDRESS: { meaning: 'maximum number of connections from one address' },
  TOLLGATE_TRUSTED_PROXIES: {
    meaning: 'your proxies: the address of a client is the one that they name in `X-Forwarded-For`; see [Connections](#connections)',
  },
  TOLLGATE_BODY_MEMORY_MB: { meaning: 'maximum memory for the bodies of requests in progress; one tenant gets half' },
  TOLLGATE_LAME_DUCK_SECONDS: {
    default: '12; 0 with the embedded PostgreSQL',
    meaning: 'how long the server still serves after SIGTERM; see [Stopping](#stopping)',
  },
  TOLLGATE_DRAIN_SECONDS: { meaning: 'how long shutdown waits for requests in progress' },
  TOLLGATE_IDLE_GRACE_SECONDS: { meaning: 'how long shutdown still answers on connections without a request' },
  TOLLGATE_ALLOWED_ORIGINS: { default: 'all', meaning: 'origins whose pages may use GraphQL over HTTP and WebSockets' },
  NODE_ENV: { meaning: '`production` turns introspection and GraphiQL off, unless `TOLLGATE_INTROSPECTION` and `TOLLGATE_GRAPHIQL` turn them on' },
  TOLLGATE_INTROSPECTION: { default: '1; in production 0', meaning: 'whether clients can read the schema; 0 also hides suggestions of names in errors' },
  TOLLGATE_GRAPHIQL: { default: '1; in production 0', meaning: 'whether GraphiQL is served at `/graphql`' },
  TOLLGATE_DASHBOARD: { meaning: 'whether the [dashboard](dashboard.md) is served at `/`, if it was built' },
  TOLLGATE_DASHBOARD_DIR: {
    default: '`apps/dashboard/dist`; in a production build `dashboard`',
    meaning: 'directory of the built dashboard; a directory without a page is an error',
  },
  TOLLGATE_PERSISTED_OPERATIONS: { meaning: 'file or folder of operations that clients send by their hash; see [Persisted operations](#persisted-operations)' },
  TOLLGATE_PERSISTED_ONLY: { meaning: '1 executes persisted operations only' },
  TOLLGATE_FAST_PATH: { meaning: '0 turns off the [fast path](../decisions/2026-11-26-graphql-fast-path.md) of GraphQL' },
  TOLLGATE_WEBHOOK_ALLOW_PRIVATE: { meaning: '1 allows webhook endpoints over http and at private addresses' },
  TOLLGATE_WEBHOOK_RETRY_SECONDS: { default: 'those of Standard Webhooks', meaning: 'seconds to wait before each retry of a webhook delivery' },
  TOLLGATE_PRICES_URL: { meaning: 'manifest of a [price feed](pricing-and-charges.md#keep-list-prices-fresh); http only on the loopback address' },
  TOLLGATE_PRICES_PUBLIC_KEY: { meaning: 'keys that may sign the price feed; required with `TOLLGATE_PRICES_URL`' },
  TOLLGATE_ENCRYPTION_KEY: {
    default: 'generated with the embedded PostgreSQL; none with `DATABASE_URL`',
    meaning: 'keys that encrypt secrets in the database, the current one first; see [Encryption of secrets](#encryption-of-secrets)',
  },
  TOLLGATE_ENCRYPTION_KEY_FILE: { default: '`encryption-key` in the data directory', meaning: 'file with these keys instead, one per line' },
  TOLLGATE_AUDIT_NAME: { meaning: 'unique name of this installation in checkpoints of audit logs; do not change it later' },
  TOLLGATE_AUDIT_SAMPLING: {
    meaning:
      '[families of audit events that are sampled](audit.md#sampling): `chat=10,acme:chat=0` keeps one in ten events of the family `chat`, and none of the tenant `acme`; the others are counted',
  },
  TOLLGATE_AUDIT_KEY_FILE: {
    default: '`audit-signing-key.pem` in the data directory',
    meaning: 'PEM file with the Ed25519 keys of audit logs: private keys sign checkpoints, public keys verify earlier ones',
  },
  TOLLGATE_AUDIT_RETENTION_MONTHS: { default: 'unlimited', meaning: 'months of audit logs to keep in the database; older ones are archived' },
  TOLLGATE_AUDIT_ARCHIVE_DIR: { meaning: 'directory of the archives; required with a retention, and shared by all servers' },
  TOLLGATE_AUDIT_CHECKPOINT_FILE: { meaning: 'file that the signed checkpoints of audit logs are appended to; see [Audit logs](#audit-logs)' },
  BILLING_GRACE_PERIOD: { default: '`7d`', meaning: 'days after the due date of an invoice before late fees begin, unless a collection policy is set' },
  TOLLGATE_STRIPE_SECRET_KEY: { meaning: 'takes payments with Stripe; see [Payments](invoicing.md#payments)' },
  TOLLGATE_STRIPE_PUBLISHABLE_KEY: { meaning: 'offers Stripe on the [page of an invoice](invoicing.md#e-mail)' },
  TOLLGATE_STRIPE_WEBHOOK_SECRET: { meaning: 'verifies webhooks of Stripe' },
  TOLLGATE_STRIPE_URL: { default: 'that of Stripe', meaning: 'another address of the API of Stripe, for tests' },
  TOLLGATE_PAYPAL_CLIENT_ID: { meaning: 'takes payments with PayPal; needs `TOLLGATE_PAYPAL_CLIENT_SECRET`' },
  TOLLGATE_PAYPAL_CLIENT_SECRET: { meaning: 'secret of the client of PayPal' },
  TOLLGATE_PAYPAL_WEBHOOK_ID: { meaning: 'verifies webhooks of PayPal' },
  TOLLGATE_PAYPAL_URL: { default: 'that of PayPal', meaning: 'another address of the API of PayPal; `https://api-m.sandbox.paypal.com` is its sandbox' },
  TOLLGATE_COINBASE_KEY_ID: { meaning: 'takes payments with Coinbase; needs `TOLLGATE_COINBASE_KEY_SECRET`' },
  TOLLGATE_COINBASE_KEY_SECRET: { meaning: 'secret of the key of Coinbase' },
  TOLLGATE_COINBASE_WEBHOOK_SECRET: { meaning: 'verifies webhooks of Coinbase' },
  TOLLGATE_COINBASE_URL: { default: 'that of Coinbase', meaning: 'another address of the API of Coinbase, for tests' },
  TOLLGATE_SMTP_URL: { meaning: 'mail server; see [E-mail](invoicing.md#e-mail)' },
  TOLLGATE_MAIL_FROM: { meaning: 'sender of e-mails; required with a mail server' },
  TOLLGATE_MAIL_OPERATOR: { meaning: 'addresses that get the alerts of the operator' },
  TOLLGATE_MAIL_TEMPLATES: { default: 'built in', meaning: 'folder with [templates](invoicing.md#e-mail) that replace those of e-mails' },
  TOLLGATE_PUBLIC_URL: {
    meaning: 'address of this server that users see; without it, links to documents have the address of each request, and e-mails have no links to unsubscribe',
  },
  TOLLGATE_INVOICE_DESIGN: {
    default: 'plain',
    meaning: 'JSON file with the logo, color, footer, texts and fonts of invoices; see [Design](invoicing.md#design)',
  },
  TOLLGATE_DEMO: { meaning: '1 loads 600 real requests of demo tenants over the last 30 days, with plans, quotas and invoices, once' },
  LOG_LEVEL: { default: '`info`; in a terminal `warn`', meaning: 'least severe lines to log' },
}
