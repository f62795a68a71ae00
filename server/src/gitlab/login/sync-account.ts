import type { App } from '../../app.ts'
import type { Tx } from '../../database/unit-of-work.ts'
import type { RowChanges } from '../../database/tables.ts'
import { AppError } from '../../http/errors.ts'
import { isOfDomains } from '../../teams/allowed-domains.ts'
import { announceUser } from '../../users/announce-user.ts'
import { asUserConflict } from '../../users/user-conflict.ts'
import { tidyMentionKeys } from '../../users/user-rules.ts'
import { lockAccount, nameTaken, signInOfEmail, updateAccount } from './gitlab-accounts.store.ts'
import type { GitLabAccount } from './gitlab-accounts.store.ts'
import type { GitLabPerson } from './gitlab-profile.ts'

/**
 * Takes name, username and address over from GitLab. A username or address that somebody else has here, or an address
 * of a domain that is not accepted, is left as it is: the person must be able to sign in all the same.
 */
export async function syncAccount(app: App, userId: string, person: GitLabPerson): Promise<void> {
  try {
    await app.unitOfWork(async (tx) => {
      const account = await lockAccount(tx.db, userId)
      if (!account) return
      const changes = await changesFor(app, tx, account, person)
      if (Object.keys(changes).length === 0) return
      await updateAccount(tx.db, userId, { ...changes, updateat: Date.now() })
      await announceUser(app, tx, userId)
    })
  } catch (error) {
    // Somebody has taken the name in this very moment; the next sign-in tries again.
    if (!(asUserConflict(error) instanceof AppError)) throw error
    app.log.info({ userId }, 'a name of GitLab was taken while it was being copied')
  }
}

async function changesFor(
  app: App,
  tx: Tx,
  account: GitLabAccount,
  person: GitLabPerson,
): Promise<RowChanges<'users'>> {
  const changes: RowChanges<'users'> = {}
  const { username, email } = person
  if (username !== '' && username !== account.username && !(await nameTaken(tx.db, username))) {
    changes.username = username
    changes.notifyprops = JSON.stringify(tidyMentionKeys(account.notifyProps, account.username))
  }
  if (
    email !== account.email &&
    person.confirmed &&
    accepted(app, account, email) &&
    !(await signInOfEmail(tx.db, email))
  ) {
    changes.email = email
    changes.emailverified = true
  }
  if (person.firstName !== account.firstName) changes.firstname = person.firstName
  if (person.lastName !== account.lastName) changes.lastname = person.lastName
  return changes
}

function accepted(app: App, account: GitLabAccount, email: string): boolean {
  const { GuestAccountsSettings, TeamSettings } = app.config.get()
  const { RestrictCreationToDomains } = account.isGuest ? GuestAccountsSettings : TeamSettings
  return isOfDomains(email, RestrictCreationToDomains)
}
