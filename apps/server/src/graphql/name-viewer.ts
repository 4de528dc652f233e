import type { Viewer } from '@tollgate/accounts'
import { ApiKeyId } from '../features/accounts/ids.ts'

/** Who did something, for those who read of it later: the key's id. */
export function nameViewer({ keyId }: Viewer): string {
  return keyId === null ? 'configured operator key' : ApiKeyId.encode(keyId)
}
