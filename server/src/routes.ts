import type { App } from './app.ts'
import { accessTokenRoutes } from './sessions/access-tokens.routes.ts'
import { accountRoutes } from './users/accounts.routes.ts'
import { acknowledgementRoutes } from './posts/acknowledgements.routes.ts'
import { bookmarkRoutes } from './bookmarks/bookmarks.routes.ts'
import { brandRoutes } from './system/brand.routes.ts'
import { channelMemberRoutes } from './channels/channel-members.routes.ts'
import { channelRoutes } from './channels/channels.routes.ts'
import { channelViewRoutes } from './channels/channel-views.routes.ts'
import { configRoutes } from './system/config.routes.ts'
import { directChannelRoutes } from './channels/direct-channels.routes.ts'
import { draftRoutes } from './drafts/drafts.routes.ts'
import { emojiRoutes } from './emoji/emoji.routes.ts'
import { fileRoutes } from './files/files.routes.ts'
import { gitlabLoginRoutes } from './gitlab/login/gitlab-login.routes.ts'
import { groupRoutes } from './groups/groups.routes.ts'
import { guestRoutes } from './users/guests.routes.ts'
import { invitationRoutes } from './teams/invitations.routes.ts'
import { limitRoutes } from './limits/limits.routes.ts'
import { loginRoutes } from './sessions/login.routes.ts'
import { mfaRoutes } from './sessions/mfa.routes.ts'
import { moderationRoutes } from './channels/moderation.routes.ts'
import { passwordRoutes } from './sessions/password.routes.ts'
import { postListRoutes } from './posts/post-lists.routes.ts'
import { postMarkRoutes } from './posts/post-marks.routes.ts'
import { postRoutes } from './posts/posts.routes.ts'
import { postActionRoutes } from './integrations/actions/actions.routes.ts'
import { preferenceRoutes } from './preferences/preferences.routes.ts'
import { profileImageRoutes } from './users/profile-image.routes.ts'
import { reactionRoutes } from './reactions/reactions.routes.ts'
import { reminderRoutes } from './reminders/reminders.routes.ts'
import { roleRoutes } from './roles/roles.routes.ts'
import { scheduledPostRoutes } from './scheduled-posts/scheduled-posts.routes.ts'
import { schemeRoutes } from './schemes/schemes.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { sessionRoutes } from './sessions/sessions.routes.ts'
import { sidebarRoutes } from './sidebar/sidebar.routes.ts'
import { statusRoutes } from './statuses/statuses.routes.ts'
import { systemRoutes } from './system/system.routes.ts'
import { teamMemberRoutes } from './teams/team-members.routes.ts'
import { teamRoutes } from './teams/teams.routes.ts'
import { termsOfServiceRoutes } from './terms-of-service/terms-of-service.routes.ts'
import { threadRoutes } from './threads/threads.routes.ts'
import { uploadRoutes } from './uploads/uploads.routes.ts'
import { userSearchRoutes } from './users/user-search.routes.ts'
import { laterRoutesOf } from './http/later.ts'
import type { Route } from './http/route.ts'
import type { SocketAction } from './realtime/actions.ts'
import { statusActions } from './statuses/statuses.actions.ts'
import { systemActions } from './system/system.actions.ts'
import { typingActions } from './channels/typing.actions.ts'

/** Every HTTP route of the server. */
export function routes(app: App): Route[] {
  const present = [
    ...accountRoutes(app),
    ...userSearchRoutes(app),
    ...profileImageRoutes(app),
    ...guestRoutes(app),
    ...loginRoutes(app),
    ...gitlabLoginRoutes(app),
    ...sessionRoutes(app),
    ...mfaRoutes(app),
    ...accessTokenRoutes(app),
    ...passwordRoutes(app),
    ...teamRoutes(app),
    ...teamMemberRoutes(app),
    ...invitationRoutes(app),
    ...channelRoutes(app),
    ...channelMemberRoutes(app),
    ...directChannelRoutes(app),
    ...channelViewRoutes(app),
    ...moderationRoutes(app),
    ...postRoutes(app),
    ...postListRoutes(app),
    ...postMarkRoutes(app),
    ...acknowledgementRoutes(app),
    ...postActionRoutes(app),
    ...reminderRoutes(app),
    ...threadRoutes(app),
    ...reactionRoutes(app),
    ...preferenceRoutes(app),
    ...statusRoutes(app),
    ...sidebarRoutes(app),
    ...draftRoutes(app),
    ...scheduledPostRoutes(app),
    ...bookmarkRoutes(app),
    ...fileRoutes(app),
    ...uploadRoutes(app),
    ...emojiRoutes(app),
    ...roleRoutes(app),
    ...schemeRoutes(app),
    ...groupRoutes(app),
    ...termsOfServiceRoutes(app),
    ...systemRoutes(app),
    ...configRoutes(app),
    ...brandRoutes(app),
    ...limitRoutes(app),
    ...searchRoutes(app),
  ]
  return [...present, ...laterRoutesOf(present)]
}

/** Every action that clients may ask for over the socket. */
export function socketActions(app: App): Record<string, SocketAction> {
  return { ...systemActions(app), ...typingActions(app), ...statusActions(app) }
}
