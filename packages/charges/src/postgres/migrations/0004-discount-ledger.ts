import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** What coupons and promotions came to. The history is append-only: the application role may read and insert only. */
export const discountLedgerMigration = sqlMigration('pricing/0004-discount-ledger', [
  `create table pricing.coupon_redemptions (
     id uuid primary key,
     promotion text collate "C" not null,
     code text not null,
     tenant_id text not null,
     customer_id text,
     redeemed_at timestamptz not null,
     -- Once for each holder; the redemptions of a holder, and of a tenant, are a stretch of this index.
     unique nulls not distinct (promotion, tenant_id, customer_id)
   )`,
  // A tenant's list, read backwards; an operator's is the primary key.
  `create index on pricing.coupon_redemptions (tenant_id, id)`,
  ...isolateTenants('pricing.coupon_redemptions'),
  grantToApplication('pricing.coupon_redemptions', 'select, insert'),

  `create table pricing.booked_charges (
     tenant_id text not null,
     charge_id text collate "C" not null,
     booked_at timestamptz not null,
     primary key (tenant_id, charge_id)
   )`,
  `create table pricing.booked_discounts (
     tenant_id text not null,
     charge_id text collate "C" not null,
     promotion text collate "C" not null,
     rule text collate "C" not null,
     amount numeric not null check (amount > 0),
     primary key (tenant_id, charge_id, rule),
     foreign key (tenant_id, charge_id) references pricing.booked_charges
   )`,
  ...['pricing.booked_charges', 'pricing.booked_discounts'].flatMap(table => [...isolateTenants(table), grantToApplication(table, 'select, insert')]),

  // What the history sums to, kept so that a limit can be held by one row: whoever redeems or books locks the rows of
  // its promotions, in the order of their names, and then sees what everyone before it did.
  `create table pricing.promotion_totals (
     promotion text collate "C" primary key,
     redemptions bigint not null default 0,
     given numeric not null default 0
   )`,
  `alter table pricing.promotion_totals enable row level security`,
  `create policy operators_only on pricing.promotion_totals
     using ((select tollgate.sees_every_tenant())) with check ((select tollgate.sees_every_tenant()))`,
  // Not update: the sums are counted by the triggers below, from what is inserted, and by nothing else.
  grantToApplication('pricing.promotion_totals', 'select'),
  `create function pricing.lock_promotion(name text) returns void security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     insert into pricing.promotion_totals (promotion) values (name) on conflict do nothing;
     perform 1 from pricing.promotion_totals where promotion = name for update;
   end $$`,
  `revoke all on function pricing.lock_promotion from public`,
  `grant execute on function pricing.lock_promotion to ${APPLICATION_ROLE}`,
  `create function pricing.count_redemption() returns trigger security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     perform pricing.lock_promotion(new.promotion);
     update pricing.promotion_totals set redemptions = redemptions + 1 where promotion = new.promotion;
     return new;
   end $$`,
  `create trigger count_redemption before insert on pricing.coupon_redemptions for each row execute function pricing.count_redemption()`,
  `create function pricing.sum_booking() returns trigger security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     perform pricing.lock_promotion(new.promotion);
     update pricing.promotion_totals set given = given + new.amount where promotion = new.promotion;
     return new;
   end $$`,
  `create trigger sum_booking before insert on pricing.booked_discounts for each row execute function pricing.sum_booking()`,
])
