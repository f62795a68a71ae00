import type { App } from '../app.ts'
import type { AppError } from '../http/errors.ts'
import { newToken } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { isValidEmail } from '../text/slugs.ts'
import { mayBeInTeam } from './allowed-domains.ts'
import { InvitationLimit } from './invitation-limit.ts'
import { queueInvitationMails } from './invitation-mails.ts'
import type { InvitationMail } from './invitation-mails.ts'
import { invitationError } from './invitations.errors.ts'
import { insertInvitations } from './invitations.store.ts'
import type { InvitationType } from './invitations.store.ts'
import type { Team } from './team.ts'

/** Length of an invitation's secret, as clients of the reference know it. */
const TOKEN_LENGTH = 64

/** One limit for each app: every way to invite draws from it. */
const limits = new WeakMap<object, InvitationLimit>()

export interface Invitation {
  readonly team: Team
  readonly type: InvitationType
  /** lower case */
  readonly emails: readonly string[]
  readonly channelIds: readonly string[]
  readonly message: string
}

export interface InviteResult {
  readonly email: string
  readonly error: AppError | null
}

/**
 * Invites addresses to a team. With `graceful` addresses that cannot be invited are told one by one and the others are
 * invited; else one bad address stops all. Throws 501 while invitations are off, 413 above 20 an hour, 400.
 */
export async function sendInvitations(
  app: App,
  session: Session,
  invitation: Invitation,
  graceful: boolean,
): Promise<InviteResult[]> {
  if (!app.config.get().ServiceSettings.EnableEmailInvitations) {
    throw invitationError('api.team.invite_members.disabled.app_error')
  }
  const good = invitation.emails.filter((email) => invitable(app, invitation, email))
  const bad = invitation.emails.filter((email) => !good.includes(email))
  if (bad.length > 0 && !graceful) {
    throw invitationError('api.team.invite_members.invalid_email.app_error', {}, bad.join(', '))
  }
  if (good.length > 0) {
    takeFromLimit(app, session, good.length)
    await store(app, session, invitation, good)
  }
  return invitation.emails.map((email) => ({
    email,
    error: bad.includes(email) ? invitationError('api.team.invite_members.invalid_email.app_error') : null,
  }))
}

function invitable(app: App, { team, type }: Invitation, email: string): boolean {
  return isValidEmail(email) && mayBeInTeam(app, team, { email, isGuest: type === 'guest_invitation' })
}

function takeFromLimit(app: App, session: Session, count: number): void {
  if (session.local) return
  let limit = limits.get(app)
  if (!limit) limits.set(app, (limit = new InvitationLimit()))
  const wait = limit.take(session.userId, count, Date.now())
  if (wait > 0)
    throw invitationError('app.email.rate_limit_exceeded.app_error', { RetryAfter: Math.ceil(wait / 60_000) })
}

async function store(app: App, session: Session, invitation: Invitation, emails: readonly string[]): Promise<void> {
  const { team, type, channelIds, message } = invitation
  const mails: InvitationMail[] = emails.map((to) => ({
    to,
    type,
    channelIds,
    message,
    token: newToken(TOKEN_LENGTH),
    teamId: team.id,
    senderId: session.userId,
  }))
  const createAt = Date.now()
  await app.unitOfWork(async (tx) => {
    const rows = mails.map((mail) => ({ token: mail.token, type, createAt, extra: JSON.stringify(extraOf(mail)) }))
    await insertInvitations(tx.db, rows)
    await queueInvitationMails(app, tx, mails)
  })
}

/** What the reference keeps with a token: every value is a string, lists are separated by blanks. */
function extraOf({ to, type, teamId, senderId, channelIds }: InvitationMail): Record<string, string> {
  const base = { teamId, email: to }
  if (type === 'guest_invitation') return { ...base, channels: channelIds.join(' '), guest: 'true', senderId }
  return channelIds.length > 0 ? { ...base, channels: channelIds.join(' '), senderId } : base
}
