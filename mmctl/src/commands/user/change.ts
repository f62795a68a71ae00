import type { Api } from '../../connect/api.ts'
import type { Action, Context } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'
import type { Account } from '../../resolve/user.ts'

type Change = (api: Api, user: Account, context: Context) => Promise<void>

/** A command that does one thing to every account that is named. */
const toEach =
  (change: Change): Action =>
  async (context) => {
    if (context.args.length === 0) throw new Error('name at least one user: an e-mail address, a username or an id')
    const { api } = await context.connect()
    await forEach(context.args, async (arg) => change(api, await findUser(api, arg), context))
  }

/** Lets accounts sign in again. */
export const activate = toEach(async (api, user) => void (await api.updateUserActive(user.id, true)))

/** Ends the sessions of accounts and keeps them from signing in. */
export const deactivate = toEach(async (api, user, { out }) => {
  await api.updateUserActive(user.id, false)
  if (user.auth_service) {
    out.print(
      `Also deactivate ${user.username} (${user.id}) in ${user.auth_service}, or the next sign-in there undoes this.`,
    )
  }
})

/** Mails a link for choosing a new password. */
export const resetPassword = toEach(async (api, user) => void (await api.sendPasswordResetEmail(user.email)))

/** Switches multi-factor authentication off. */
export const resetMfa = toEach(async (api, user) => {
  await api.call('PUT', `/users/${user.id}/mfa`, { activate: false })
})

/** Counts an e-mail address as proven. */
export const verify = toEach(async (api, user, { out }) => {
  const verified = await api.call('POST', `/users/${user.id}/email/verify/member`)
  out.print(`User ${user.username} verified`, verified)
})

/** Makes guests members. */
export const promote = toEach(async (api, user, { out }) => {
  await api.promoteGuestToUser(user.id)
  out.print(`User ${user.username} promoted.`)
})

/** Makes members guests. */
export const demote = toEach(async (api, user, { out }) => {
  await api.demoteUserToGuest(user.id)
  out.print(`User ${user.username} demoted.`)
})
