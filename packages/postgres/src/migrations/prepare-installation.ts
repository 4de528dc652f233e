import { APPLICATION_ROLE } from './tenant-isolation.ts'

/** Bytes of a block of SHA-256, to which HMAC pads its key. */
const HMAC_BLOCK_BYTES = 64

/**
 * What `openOwner` prepares, in SQL: the schema, and the row with the secret of the installation and the key of scopes, which
 * is derived from it. The application role cannot log in; the role that runs this can change to it.
 */
export const PREPARE_INSTALLATION: readonly string[] = [
  'create schema if not exists tollgate',
  `
create table if not exists tollgate.installation (
  single boolean primary key default true check (single),
  role_name text not null,
  role_is_managed boolean not null,
  secret bytea not null,
  -- The key of the scope's signature, in the two forms that HMAC needs.
  scope_inner_pad bytea not null,
  scope_outer_pad bytea not null
)`,
  `
do $$
declare
  secret bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  zeros bytea := decode(repeat('00', ${HMAC_BLOCK_BYTES}), 'hex');
  inner_pad bytea;
  outer_pad bytea;
  padded bytea;
  scope_key bytea;
begin
  if exists (select from tollgate.installation) then
    return;
  end if;
  -- First with the secret as the key, to derive the key of scopes; then with that key, to keep its pads.
  padded := secret || substring(zeros from 1 for ${HMAC_BLOCK_BYTES} - length(secret));
  for round in 1..2 loop
    inner_pad := padded;
    outer_pad := padded;
    for i in 0..${HMAC_BLOCK_BYTES - 1} loop
      inner_pad := set_byte(inner_pad, i, get_byte(padded, i) # 54);
      outer_pad := set_byte(outer_pad, i, get_byte(padded, i) # 92);
    end loop;
    exit when round = 2;
    scope_key := sha256(outer_pad || sha256(inner_pad || convert_to('key of scopes', 'UTF8')));
    padded := scope_key || substring(zeros from 1 for ${HMAC_BLOCK_BYTES} - length(scope_key));
  end loop;
  insert into tollgate.installation (role_name, role_is_managed, secret, scope_inner_pad, scope_outer_pad)
  values ('${APPLICATION_ROLE}', false, secret, inner_pad, outer_pad);
end $$`,
]
