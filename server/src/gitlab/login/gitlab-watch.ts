import { Periodic } from '../../periodic.ts'
import { checkAccess } from './check-access.ts'
import { claimIdentities, deleteStaleIdentities } from './identities.store.ts'
import type { Identity } from './identities.store.ts'
import { currentIssuer } from './issuer.ts'
import { deleteOldLoginTokens } from './login-tokens.store.ts'
import { gitlabPolicy } from './policy.ts'

const MINUTE = 60_000
const PAGE = 20
/** Requests to GitLab at the same time. */
const AT_ONCE = 4
const LOGIN_TOKEN_LIFE = 48 * 60 * MINUTE

/** Asks GitLab from time to time whether the people who are signed in may still be. Several processes share the work. */
export class GitLabWatch extends Periodic {
  protected readonly failure = 'GitLab could not be asked about the people who are signed in'

  protected every(): number {
    return MINUTE
  }

  protected async work(now: number): Promise<void> {
    const app = this.app
    const { Enable, Id } = app.config.get().GitLabSettings
    if (!Enable || currentIssuer(app) === '') return
    await app.unitOfWork.single((tx) => deleteOldLoginTokens(tx.db, now - LOGIN_TOKEN_LIFE))
    await app.unitOfWork.single((tx) => deleteStaleIdentities(tx.db))
    // So long can somebody stay whom GitLab has blocked.
    const { checkEvery } = gitlabPolicy()
    if (checkEvery === 0) return
    const of = { issuer: currentIssuer(app), clientId: Id }
    for (;;) {
      const times = { now, before: now - checkEvery }
      const due = await app.unitOfWork((tx) => claimIdentities(tx.db, of, times, PAGE))
      const answered = await this.#checkAll(due)
      // Without an answer from anybody GitLab is down: asking for the others would only keep it busy.
      if (this.stopped || due.length < PAGE || answered === 0) return
    }
  }

  async #checkAll(due: readonly Identity[]): Promise<number> {
    const queue = [...due]
    let answered = 0
    const work = async () => {
      for (let next = queue.shift(); next && !this.stopped; next = queue.shift()) {
        if ((await checkAccess(this.app, next)) !== 'unknown') answered++
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return answered
  }
}
