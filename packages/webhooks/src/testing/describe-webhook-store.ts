import { describe } from 'vitest'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { WebhookStore } from '../webhook-store.ts'
import { attemptsContract } from './webhook-store/attempts-contract.ts'
import { deliveriesContract } from './webhook-store/deliveries-contract.ts'
import { endpointsContract } from './webhook-store/endpoints-contract.ts'
import { fanOutContract } from './webhook-store/fan-out-contract.ts'

/** The contract of `WebhookStore`: what every adapter must do. `make` returns an empty store that uses the scheduler; it is called before each test. */
export function describeWebhookStore(name: string, make: (scheduler: AttemptScheduler) => Promise<WebhookStore>): void {
  describe(`${name} webhook store`, () => {
    endpointsContract(make)
    fanOutContract(make)
    deliveriesContract(make)
    attemptsContract(make)
  })
}
