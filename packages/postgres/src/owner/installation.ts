import { createHmac, randomBytes } from 'node:crypto'
import type { Client } from 'pg'

/** The row of `tollgate.installation`, which only the owner can read. */
export interface Installation {
  /** The role that the server logs in as. */
  readonly role: string
  /** Whether its password is derived from the secret. Otherwise a person chose the role and its password. */
  readonly isManaged: boolean
  readonly secret: Buffer
}

const CREATE = `
  create table if not exists tollgate.installation (
    single boolean primary key default true check (single),
    role_name text not null,
    role_is_managed boolean not null,
    secret bytea not null,
    -- The key of the scope's signature, in the two forms that HMAC needs.
    scope_inner_pad bytea not null,
    scope_outer_pad bytea not null
  )`

/** Returns the installation. Undefined if the database is new, or an older version created it. */
export async function readInstallation(client: Client): Promise<Installation | undefined> {
  // `create schema if not exists` requires the right to create one, even if it exists.
  const { rows: schemas } = await client.query<{ found: boolean }>(`select to_regnamespace('tollgate') is not null as found`)
  if (schemas[0]?.found !== true) await client.query('create schema tollgate')
  await client.query(CREATE)
  const { rows } = await client.query<Installation>('select role_name as role, role_is_managed as "isManaged", secret from tollgate.installation')
  return rows[0]
}

/** Records the role of the server, and creates the secret if there is none. */
export async function writeInstallation(client: Client, { role, isManaged }: Omit<Installation, 'secret'>): Promise<Installation> {
  const secret = randomBytes(32)
  const key = hmacPads(Buffer.from(scopeKeyOf(secret), 'hex'))
  const { rows } = await client.query<Installation>(
    `insert into tollgate.installation (role_name, role_is_managed, secret, scope_inner_pad, scope_outer_pad) values ($1, $2, $3, $4, $5)
     on conflict (single) do update set role_name = excluded.role_name, role_is_managed = excluded.role_is_managed
     returning role_name as role, role_is_managed as "isManaged", secret`,
    [role, isManaged, secret, key.inner, key.outer],
  )
  const [written] = rows
  if (written === undefined) throw new Error('The installation was not recorded')
  return written
}

/** Derives the password of the role, so that servers that start at the same time agree. */
export function passwordOf(secret: Buffer): string {
  return createHmac('sha256', secret).update('password of the role').digest('base64url')
}

/** Derives the salt of the password's verifier, so that every server writes the same one. */
export function saltOf(secret: Buffer): Buffer {
  return createHmac('sha256', secret).update('salt of the password').digest().subarray(0, 16)
}

/** Derives the key that signs scopes, in hexadecimal. */
export function scopeKeyOf(secret: Buffer): string {
  return createHmac('sha256', secret).update('key of scopes').digest('hex')
}

const HMAC_BLOCK_BYTES = 64

function hmacPads(key: Buffer): { inner: Buffer; outer: Buffer } {
  const padded = Buffer.concat([key], HMAC_BLOCK_BYTES)
  return { inner: padded.map(byte => byte ^ 0x36) as Buffer, outer: padded.map(byte => byte ^ 0x5c) as Buffer }
}
