import { createSessionStore } from '../session/session.ts'

/** The session of this tab. */
export const appSession = createSessionStore(sessionStorage)
