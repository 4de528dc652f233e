import type { TestClocks } from '@tollgate/accounts'
import type { NotificationListener } from '@tollgate/postgres'

/** Notifies servers that a test clock was created or advanced. */
export const TEST_CLOCKS_CHANNEL = 'test_clocks'

/** Reads the clocks again when another process changed them, or may have. */
export function followTestClocks(
  listener: NotificationListener,
  { load }: Pick<TestClocks, 'load'>,
  onError: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  const read = () => void load().catch(onError)
  return listener.listen(TEST_CLOCKS_CHANNEL, { notification: read, gap: read })
}
