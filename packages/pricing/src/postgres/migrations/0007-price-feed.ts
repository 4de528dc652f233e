import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** The feed of list prices: one row for the installation, and the decisions of operators. Only operators see them. */
export const priceFeedMigration = sqlMigration('pricing/0007-price-feed', [
  // Null for releases that came with the program.
  `alter table pricing.bundled_releases add column feed_version bigint check (feed_version > 0)`,

  `create table pricing.price_feed (
     version bigint check (version > 0),
     list_date timestamptz,
     sha256 text,
     list text,
     accepted_at timestamptz,
     url text,
     checked_at timestamptz,
     state text check (state in ('current', 'unreachable', 'unreadable', 'bad_signature', 'bad_hash', 'older')),
     problem text,
     etag text,
     pending jsonb not null default '[]' check (jsonb_typeof(pending) = 'array'),
     rated_digest text,
     single boolean primary key default true check (single),
     check (num_nulls(version, list_date, sha256, list, accepted_at) in (0, 5)),
     check (num_nulls(url, checked_at, state) in (0, 3))
   )`,
  `insert into pricing.price_feed default values`,

  // Append-only: the last decision on a change counts.
  `create table pricing.feed_decisions (
     number bigint generated always as identity primary key,
     change_id text not null,
     approved boolean not null,
     decided_by text not null,
     decided_at timestamptz not null
   )`,

  ...['price_feed', 'feed_decisions'].flatMap(table => [
    `alter table pricing.${table} enable row level security`,
    `create policy operators on pricing.${table} using ((select tollgate.sees_every_tenant()))`,
  ]),
  grantToApplication('pricing.price_feed', 'select, update'),
  grantToApplication('pricing.feed_decisions', 'select, insert'),
])
