import type { Viewer } from '@tollgate/accounts'
import { ApiKeyId } from '../features/accounts/ids.ts'

/** Returns the name under which the viewer's actions are recorded: the id of its key. */
export function viewerName({ keyId }: Viewer): string {
  return keyId === null ? 'configured operator key' : ApiKeyId.encode(keyId)
}
