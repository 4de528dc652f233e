import type { Temporal as Polyfill } from 'temporal-polyfill'

/**
 * The date and time types of the browser. A build for browsers gets this module instead of `temporal.ts`, which would add
 * 20 kB of polyfill for those that have these types anyway.
 */
export const Temporal: typeof Polyfill = /* @__PURE__ */ nativeTemporal()

function nativeTemporal(): typeof Polyfill {
  const { Temporal: native } = globalThis as { readonly Temporal?: typeof Polyfill }
  if (native === undefined)
    throw new Error('This browser has no Temporal. Load a polyfill first: import "temporal-polyfill/global" before any package of Tollgate.')
  return native
}
