import type { Reporter, TestModule } from 'vitest/node'

/** Ends the output of a whole run with one line for each test that failed, or passed only when repeated: CI keeps the end. */
export class ShortReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap((module) => [
      ...module.errors().map((error) => `FAILED ${module.relativeModuleId}: ${firstLine(error.message)}`),
      ...[...module.children.allTests()].flatMap((test) => {
        const name = `${module.relativeModuleId} > ${test.fullName}`
        const { state, errors } = test.result()
        if (state === 'failed') return [`FAILED ${name}: ${firstLine(errors[0]?.message ?? '')}`]
        return test.diagnostic()?.flaky ? [`REPEATED ${name}: ${firstLine(errors?.[0]?.message ?? '')}`] : []
      }),
      ...[...module.children.allSuites()].flatMap((suite) =>
        suite
          .errors()
          .map((error) => `FAILED ${module.relativeModuleId} > ${suite.fullName}: ${firstLine(error.message)}`),
      ),
    ])
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`)
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.slice(0, 300)
