import type { Recorder } from '../recorder.ts'
import { type FunctionMeterOptions, meter, type MeterableFunction } from './meter-function.ts'

/**
 * Records each call of a method: `@metered(tollgate, { credits: '0.002' })`. The decorator of ECMAScript for `meter`. The operation
 * defaults to the name of the method.
 */
export function metered<Method extends MeterableFunction>(
  recorder: Recorder,
  options: FunctionMeterOptions<Method> = {},
): (method: Method, context: ClassMethodDecoratorContext) => Method {
  return (method, { name }) => meter(method, recorder, { operation: typeof name === 'string' ? name : undefined, ...options })
}
