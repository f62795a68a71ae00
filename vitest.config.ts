import { defineConfig } from 'vitest/config'
import { ShortReport } from './testkit/short-report.ts'

const common = {
  pool: 'forks',
  maxWorkers: 2,
  // A shared machine may stall for a minute; a test that passes only the second time is named in the report.
  retry: process.env.CI ? 2 : 0,
  testTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
  hookTimeout: 120_000,
} as const

export default defineConfig({
  test: {
    globalSetup: ['./testkit/vitest-setup.ts'],
    reporters: ['default', new ShortReport()],
    maxWorkers: 2,
    projects: [
      // Every file starts servers of its own, so they may share a process: loading the server once halves the time.
      { test: { ...common, name: 'parts', include: ['{server,web}/src/**/*.test.ts'], isolate: false } },
      // These change what belongs to the process: its user, environment and folders.
      {
        test: {
          ...common,
          name: 'whole',
          include: ['{mmctl,ctl}/src/**/*.test.ts', '{testkit,tools,packaging,e2e}/**/*.test.ts'],
          isolate: true,
        },
      },
    ],
  },
})
