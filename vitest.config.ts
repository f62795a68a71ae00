import { defineConfig } from 'vitest/config'
import { ShortReport } from './testkit/short-report.ts'

export default defineConfig({
  test: {
    include: ['{server,web,mmctl,ctl}/src/**/*.test.ts', '{testkit,tools,packaging,e2e}/**/*.test.ts'],
    globalSetup: ['./testkit/vitest-setup.ts'],
    reporters: ['default', new ShortReport()],
    pool: 'forks',
    maxWorkers: 2,
    isolate: true,
    // A shared machine may stall for a minute; a test that passes only the second time is named in the report.
    retry: process.env.CI ? 2 : 0,
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
  },
})
