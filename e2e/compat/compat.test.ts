import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountSteps } from './accounts.steps.ts'
import { administrationSteps } from './administration.steps.ts'
import { channelSteps } from './channels.steps.ts'
import { fileSteps } from './files.steps.ts'
import { firstLoadSteps } from './first-load.steps.ts'
import { personalSteps } from './personal.steps.ts'
import { postSteps } from './posts.steps.ts'
import { realtimeSteps } from './realtime.steps.ts'
import { buildWorld, endWorld, stepsSoFar, watch } from './scenario.ts'
import { securitySteps } from './security.steps.ts'
import { teamSteps } from './teams.steps.ts'
import { threadSteps } from './threads.steps.ts'

beforeAll(buildWorld)
afterAll(endWorld)

describe('accounts', accountSteps)
describe('teams', teamSteps)
describe('channels', channelSteps)
describe('posts', postSteps)
describe('threads', threadSteps)
describe('files, emoji and search', fileSteps)
describe('personal', personalSteps)
describe('realtime', realtimeSteps)
describe('security', securitySteps)
describe('administration', administrationSteps)
describe('the first load of the web client', firstLoadSteps)

test('the scenario was played as a whole', () => {
  expect(stepsSoFar()).toBeGreaterThanOrEqual(150)
  expect([watch.calls, watch.frames].every((count) => count > stepsSoFar())).toBe(true)
})
