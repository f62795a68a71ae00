import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountSteps } from './accounts.steps.ts'
import { channelSteps } from './channels.steps.ts'
import { postSteps } from './posts.steps.ts'
import { buildWorld, endWorld, stepsSoFar, watch } from './scenario.ts'
import { teamSteps } from './teams.steps.ts'
import { threadSteps } from './threads.steps.ts'

beforeAll(buildWorld)
afterAll(endWorld)

describe('accounts', accountSteps)
describe('teams', teamSteps)
describe('channels', channelSteps)
describe('posts', postSteps)
describe('threads', threadSteps)

test('the scenario was played as a whole', () => {
  expect(stepsSoFar()).toBeGreaterThanOrEqual(150)
  expect([watch.calls, watch.frames].every((count) => count > stepsSoFar())).toBe(true)
})
