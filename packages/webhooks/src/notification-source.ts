import type { PageRequest } from '@tollgate/kernel'
import type { Notification } from './model/notification.ts'

/** A sequence of notifications. None ever appears at or before a cursor that was already visible. */
export interface NotificationSource {
  /** Names the stored position of the source. */
  readonly name: string
  /** Channel that is notified when notifications are added. */
  readonly channel: string
  /** Returns notifications after a cursor, oldest first. */
  read(page: PageRequest): Promise<readonly Notification[]>
}
