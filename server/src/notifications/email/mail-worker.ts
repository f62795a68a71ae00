import { Logger, run } from 'graphile-worker'
import type { JobHelpers, LogLevel, Runner } from 'graphile-worker'
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
      // With batches, if only of one, stopping waits until it is written that a mail was sent; else it would be sent again.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: this.#logger(),
      taskList: { [MAIL_TASK]: (payload, helpers) => this.#send(payload as Mail, helpers) },
    })
    // It ends by itself only when the database does; that is reported elsewhere.
    runner.promise.catch((err: unknown) => this.#app.log.warn({ err }, 'the sending of mails has ended'))
    return runner
  }

  async #send(mail: Mail, { abortPromise, job }: JobHelpers): Promise<void> {
    try {
      // A mail server that says nothing must not keep this one from stopping; the mail is tried again.
      await Promise.race([deliverMail(this.#app, mail), abortPromise])
    } catch (error) {
      if (job.attempts < job.max_attempts) throw error
      // Kept, it would lie in the database for ever, with the token in it.
      this.#app.log.error({ mail: mail.kind }, `A mail was given up after ${job.attempts} attempts. ${String(error)}`)
    }
  }

  /** What the library says at length is of interest when looking for a mistake; failures are. */
  #logger(): Logger {
    const level = (given: `${LogLevel}`) => (given === 'error' || given === 'warning' ? 'warn' : 'debug')
    return new Logger(() => (given, message) => this.#app.log[level(given)](message))
  }
}
