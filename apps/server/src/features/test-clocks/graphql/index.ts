import './advance-test-clock.ts'
import './create-test-clock.ts'
import './test-clock.ts'
import './test-clocks.ts'
