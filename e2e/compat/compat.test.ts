import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorld, endWorld, stepsSoFar, watch } from './scenario.ts'
// The themes in the order in which they are played.
import './accounts.steps.ts'
import './teams.steps.ts'
import './channels.steps.ts'
import './posts.steps.ts'
import './threads.steps.ts'
import './files.steps.ts'
import './personal.steps.ts'
import './realtime.steps.ts'
import './security.steps.ts'
import './administration.steps.ts'
import './first-load.steps.ts'

beforeAll(buildWorld)
afterAll(endWorld)

test('the scenario was played as a whole', () => {
  expect(stepsSoFar()).toBeGreaterThanOrEqual(150)
  expect([watch.calls, watch.frames].every((count) => count > stepsSoFar())).toBe(true)
})
