import { idCodec } from '../../graphql/relay/id-codec.ts'

const TENANT = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}'
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Ids of wallets: the tenant and the wallet, "wal_acme:0192…". */
export const WalletId = idCodec({ type: 'Wallet', prefix: 'wal_', plural: 'wallets', form: new RegExp(`^${TENANT}:${UUID}$`) })

/** Ids of grants of credits: the tenant and the grant, "cgr_acme:0192…". */
export const CreditGrantId = idCodec({ type: 'CreditGrant', prefix: 'cgr_', plural: 'credit grants', form: new RegExp(`^${TENANT}:${UUID}$`) })

/** Ids of entries: the tenant, the wallet and the sequence, "cre_acme:0192…:17". */
export const CreditEntryId = idCodec({
  type: 'CreditEntry',
  prefix: 'cre_',
  plural: 'credit entries',
  form: new RegExp(`^${TENANT}:${UUID}:[1-9]\\d{0,14}$`),
})

/** Reads the tenant and the id of a grant. Throws `InvalidInput`. */
export function readGrantId(id: string): { readonly tenantId: string; readonly grantId: string } {
  const [tenantId = '', grantId = ''] = CreditGrantId.decode(id).split(':')
  return { tenantId, grantId }
}
