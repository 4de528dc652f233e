import type { ExtractedUsage } from '@tollgate/tokens'
import type { MeteredCall } from './metered-call.ts'

/** Returns the same call, whose usage is adjusted before it is recorded. */
export function adjustUsage(call: MeteredCall, adjust: (usage: ExtractedUsage) => ExtractedUsage): MeteredCall {
  return {
    ...call,
    end({ usage, ...ending }) {
      call.end({ ...ending, usage: usage && (() => adjust(usage())) })
    },
  }
}
