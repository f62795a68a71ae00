import { Logger, run } from 'graphile-worker'
import type { LogLevel, Runner } from 'graphile-worker'
import type { App } from '../../app.ts'
import { TASKS_SCHEMA } from '../../database/task-tables.ts'
import { deliverMail } from './deliver-mail.ts'
import type { Mail } from './mail.ts'
import { MAIL_TASK } from './mail-tasks.store.ts'

/** Mails under way at the same time. */
const AT_ONCE = 2
/** ms between two looks for tasks that are due again; new ones are heard of at once */
const POLL = 5_000

/** Sends the mails that were queued, those of a former life of the server included. Several processes share the work. */
export class MailWorker {
  readonly #app: App
  #running: Promise<Runner | undefined> | undefined

  constructor(app: App) {
    this.#app = app
  }

  start(): void {
    this.#running ??= this.#run().catch((err: unknown) => {
      this.#app.log.error({ err }, 'mails cannot be sent until the next start')
      return undefined
    })
  }

  /** Resolves when the mails under way are through. */
  async stop(): Promise<void> {
    const runner = await this.#running
    if (!runner) return
    await runner.stop().catch(() => undefined)
    // Only then is it written that the last mail was sent; it would be sent again.
    await runner.promise.catch(() => undefined)
  }

  async #run(): Promise<Runner> {
    const { pool } = this.#app
    const runner = await run({
      pgPool: pool,
      schema: TASKS_SCHEMA,
      concurrency: AT_ONCE,
      pollInterval: POLL,
      noHandleSignals: true,
      parsedCronItems: [],
      logger: this.#logger(),
      taskList: {
        // A mail server that says nothing must not keep this one from stopping; the mail is tried again.
        [MAIL_TASK]: (payload, { abortPromise }) =>
          Promise.race([deliverMail(this.#app, payload as Mail), abortPromise]),
      },
    })
    // It ends by itself only when the database does; that is reported elsewhere.
    runner.promise.catch((err: unknown) => this.#app.log.warn({ err }, 'the sending of mails has ended'))
    return runner
  }

  /** What the library says at length is of interest when looking for a mistake; failures are. */
  #logger(): Logger {
    const level = (given: `${LogLevel}`) => (given === 'error' || given === 'warning' ? 'warn' : 'debug')
    return new Logger(() => (given, message) => this.#app.log[level(given)](message))
  }
}
