import { type Clock, DomainError, OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '../database.ts'
import { encryptAgain } from './encrypt-again.ts'
import type { EncryptedColumn } from './encrypted-column.ts'
import type { EncryptionKey } from './encryption-key.ts'
import { createEncryption, plainStorage, type StoredEncryption } from './envelope-encryption.ts'

/** The encryption of a database. */
export interface DatabaseEncryption extends StoredEncryption {
  /**
   * Encrypts every value again that another key encrypted, or none. Afterwards only the first key is needed. Servers may run
   * meanwhile. If it is interrupted, the next call continues. Returns how many values it encrypted.
   */
  rotate(onProgress?: (column: EncryptedColumn, encrypted: number) => void): Promise<number>
}

/** What encryption needs. */
export interface EncryptionOptions {
  readonly database: PostgresDatabase
  readonly clock: Clock
  /** The first key encrypts, and all decrypt. Without keys, values are stored as they are. */
  readonly keys: readonly EncryptionKey[]
  /** Every encrypted column of the database. */
  readonly columns: readonly EncryptedColumn[]
}

/** The keys do not include one that stored values are encrypted with. Nothing was changed. */
export class EncryptionKeyMissing extends DomainError<'ENCRYPTION_KEY_MISSING'> {
  readonly missing: readonly string[]

  constructor({ missing, given }: { missing: readonly string[]; given: readonly string[] }) {
    super(
      'ENCRYPTION_KEY_MISSING',
      `Secrets in the database are encrypted with the encryption key ${missing.join(' and ')}, but ${given.length === 0 ? 'no key is configured' : `the configured keys are ${given.join(', ')}`}. Configure the key that was used before, after the new one if you want to replace it. Nothing was changed.`,
    )
    this.missing = missing
  }
}

/** There is no key to encrypt with. */
export class NoEncryptionKey extends DomainError<'NO_ENCRYPTION_KEY'> {
  constructor() {
    super('NO_ENCRYPTION_KEY', 'No encryption key is configured, so secrets are stored as they are. Configure a key first.')
  }
}

/** Stores values as they are, for installations without a key. */
export const unencrypted: DatabaseEncryption = {
  ...plainStorage,
  async rotate() {
    throw new NoEncryptionKey()
  },
}

// Two first starts with different keys must not both be the first.
const LOCK = `select pg_advisory_xact_lock(hashtextextended('tollgate.encryption_keys', 0))`
const REGISTERED = 'select id, completed_at is not null as "isComplete" from tollgate.encryption_keys order by created_at, id'
const REGISTER = 'insert into tollgate.encryption_keys (id, created_at) values ($1, $2) on conflict do nothing'
const COMPLETE = `update tollgate.encryption_keys set completed_at = coalesce(completed_at, $2) where id = $1`
const FORGET_OTHERS = 'delete from tollgate.encryption_keys where id <> $1'

interface RegisteredKey {
  readonly id: string
  readonly isComplete: boolean
}

/**
 * Opens the encryption of a database. The first start with a key encrypts the values that were stored as they are. Throws
 * `EncryptionKeyMissing`, before it changes anything, if stored values need a key that is not given.
 */
export async function openEncryption({ database, clock, keys, columns }: EncryptionOptions): Promise<DatabaseEncryption> {
  const registered = await database.transaction(OPERATOR_SCOPE, transaction => register(transaction, { keys, clock }))
  const [current, ...others] = keys
  if (current === undefined) return unencrypted
  const encryption = createEncryption([current, ...others])
  const complete = (statement: string, ...values: readonly unknown[]) => database.query(OPERATOR_SCOPE, statement, [current.id, ...values])
  const rotate: DatabaseEncryption['rotate'] = async onProgress => {
    const encrypted = await encryptAgain({ database, encryption, columns, onProgress })
    await complete(COMPLETE, clock.now().toString())
    await complete(FORGET_OTHERS)
    return encrypted
  }
  // Values that another key encrypted are left to the command, because servers without the new key may still read them.
  if (registered.every(({ id, isComplete }) => id === current.id && !isComplete)) await rotate()
  return { ...encryption, rotate }
}

/** Checks the keys against those in use, and records the current one. */
async function register(transaction: PostgresTransaction, { keys, clock }: Pick<EncryptionOptions, 'keys' | 'clock'>): Promise<readonly RegisteredKey[]> {
  await transaction.query(LOCK)
  const registered = await transaction.query<RegisteredKey>(REGISTERED)
  const given = keys.map(({ id }) => id)
  const missing = registered.map(({ id }) => id).filter(id => !given.includes(id))
  if (missing.length > 0) throw new EncryptionKeyMissing({ missing, given })
  if (given[0] !== undefined) await transaction.query(REGISTER, [given[0], clock.now().toString()])
  return registered
}
