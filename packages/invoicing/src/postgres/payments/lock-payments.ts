/** Waits until no other transaction changes payments or collections of a tenant, until this one ends. */
export const LOCK_PAYMENTS = `
  insert into invoicing.payment_locks (tenant_id) values ($1) on conflict (tenant_id) do update set tenant_id = excluded.tenant_id`
