import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Charges that are void, such as invoices: what they took of budgets was given back. */
export const releasedChargesMigration = sqlMigration('pricing/0010-released-charges', [
  `create table pricing.released_charges (
     tenant_id text not null,
     charge_id text collate "C" not null,
     released_at timestamptz not null,
     primary key (tenant_id, charge_id),
     foreign key (tenant_id, charge_id) references pricing.booked_charges
   )`,
  ...isolateTenants('pricing.released_charges'),
  grantToApplication('pricing.released_charges', 'select'),
  // The only way in which sums become less: the server cannot change them otherwise. Locks promotions in the order of their names.
  `create function pricing.release_charge(of_tenant text, of_charge text, at timestamptz) returns boolean
   security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     insert into pricing.released_charges (tenant_id, charge_id, released_at)
       select tenant_id, charge_id, at from pricing.booked_charges where tenant_id = of_tenant and charge_id = of_charge on conflict do nothing;
     if not found then return false; end if;
     perform pricing.lock_promotion(promotion)
       from (select distinct promotion from pricing.booked_discounts where tenant_id = of_tenant and charge_id = of_charge order by promotion) as locked;
     update pricing.promotion_totals as totals set given = totals.given - taken.amount
       from (select promotion, sum(amount) as amount from pricing.booked_discounts where tenant_id = of_tenant and charge_id = of_charge group by promotion) as taken
       where totals.promotion = taken.promotion;
     return true;
   end $$`,
  'revoke all on function pricing.release_charge from public',
  `grant execute on function pricing.release_charge to ${APPLICATION_ROLE}`,
])
