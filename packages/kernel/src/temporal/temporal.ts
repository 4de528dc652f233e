/** The date and time types of the ECMAScript standard: native if the runtime has them, otherwise a polyfill. */
export { Temporal } from 'temporal-polyfill'
