import { pictureForm } from './forms.ts'
import { PNG } from './png.ts'
import type { World } from './world.ts'

type Body = (world: World) => unknown
type Bodies = Record<string, Body>

const memberId: Body = (w) => w.people.member.id
const idsOf =
  (...names: (keyof World['people'])[]): Body =>
  (w) =>
    names.map((name) => w.people[name].id)

const USERS: Bodies = {
  'POST /api/v4/users': (w) => ({
    email: `fresh-${w.short}@example.com`,
    username: `fresh-${w.short}`,
    password: 'correct horse 9',
  }),
  'PUT /api/v4/users/:user_id': (w) => ({
    id: memberId(w),
    username: w.people.member.username,
    email: `${w.people.member.username}@example.com`,
    nickname: 'Nick',
  }),
  'PUT /api/v4/users/:user_id/patch': () => ({ nickname: 'Nick' }),
  'POST /api/v4/users/:user_id/typing': (w) => ({ channel_id: w.channel }),
  'PUT /api/v4/users/:user_id/roles': () => ({ roles: 'system_user system_admin' }),
  'PUT /api/v4/users/:user_id/active': () => ({ active: false }),
  'PUT /api/v4/users/:user_id/auth': () => ({ auth_service: 'gitlab', auth_data: '1' }),
  'POST /api/v4/users/search': (w) => ({ term: 'member', team_id: w.team, in_channel_id: w.channel }),
  'POST /api/v4/users/ids': idsOf('member'),
  'POST /api/v4/users/usernames': (w) => [w.people.member.username],
  'POST /api/v4/users/group_channels': (w) => [w.group],
  'POST /api/v4/users/notify-admin': () => ({ required_plan: 'professional', required_feature: 'x' }),
  'POST /api/v4/users/trigger-notify-admin-posts': () => ({ trial_notification: false }),
  'PUT /api/v4/users/:user_id/status': (w) => ({ user_id: memberId(w), status: 'away' }),
  'POST /api/v4/users/status/ids': idsOf('member'),
  'PUT /api/v4/users/:user_id/status/custom': () => ({ emoji: 'smile', text: 'here' }),
  'DELETE /api/v4/users/:user_id/status/custom/recent': () => recentStatus,
  'POST /api/v4/users/:user_id/status/custom/recent/delete': () => recentStatus,
  'PUT /api/v4/users/:user_id/preferences': (w) => [
    { user_id: memberId(w), category: 'display_settings', name: 'x', value: 'y' },
  ],
  'POST /api/v4/users/:user_id/preferences/delete': (w) => [{ user_id: memberId(w), category: 'theme', name: w.team }],
  'POST /api/v4/terms_of_service': () => ({ text: 'Be kind' }),
  'POST /api/v4/users/:user_id/terms_of_service': (w) => ({ accepted: true, termsOfServiceId: w.terms }),
}

const recentStatus = { emoji: 'smile', text: 'here', duration: '', expires_at: '0001-01-01T00:00:00Z' }

const SESSIONS: Bodies = {
  'POST /api/v4/users/login': (w) => ({ login_id: w.people.member.username, password: 'wrong' }),
  'POST /api/v4/users/login/desktop_token': () => ({ token: 'x'.repeat(64), device_id: '' }),
  'POST /api/v4/users/login/switch': (w) => ({
    current_service: 'email',
    new_service: 'gitlab',
    email: `${w.people.member.username}@example.com`,
    password: 'wrong',
  }),
  'POST /api/v4/users/:user_id/sessions/revoke': (w) => ({ session_id: w.people.member.sessionId }),
  'PUT /api/v4/users/sessions/device': () => ({ device_id: 'android_rn:token' }),
  'PUT /api/v4/users/:user_id/mfa': () => ({ activate: false }),
  'POST /api/v4/users/:user_id/tokens': () => ({ description: 'for a script' }),
  'POST /api/v4/users/tokens/revoke': (w) => ({ token_id: w.accessToken }),
  'POST /api/v4/users/tokens/disable': (w) => ({ token_id: w.accessToken }),
  'POST /api/v4/users/tokens/enable': (w) => ({ token_id: w.accessToken }),
  'POST /api/v4/users/tokens/search': () => ({ term: 'member' }),
  'PUT /api/v4/users/:user_id/password': () => ({ current_password: 'wrong', new_password: 'correct horse 9' }),
  'POST /api/v4/users/password/reset/send': () => ({ email: 'nobody@example.com' }),
  'POST /api/v4/users/password/reset': () => ({ token: 'x'.repeat(64), new_password: 'correct horse 9' }),
  'POST /api/v4/users/email/verify': () => ({ token: 'x'.repeat(64) }),
  'POST /api/v4/users/email/verify/send': () => ({ email: 'nobody@example.com' }),
}

const TEAMS: Bodies = {
  'POST /api/v4/teams/search': (w) => ({ term: w.teamName }),
  'POST /api/v4/teams': (w) => ({ name: `fresh-${w.short}`, display_name: 'Fresh', type: 'O' }),
  'PUT /api/v4/teams/:team_id': (w) => ({ id: w.team, name: w.teamName, display_name: 'Renamed', type: 'I' }),
  'PUT /api/v4/teams/:team_id/patch': () => ({ description: 'new' }),
  'PUT /api/v4/teams/:team_id/privacy': () => ({ privacy: 'O' }),
  'PUT /api/v4/teams/:team_id/scheme': (w) => ({ scheme_id: w.teamScheme }),
  'POST /api/v4/teams/:team_id/members/ids': idsOf('member'),
  'POST /api/v4/teams/:team_id/members': (w) => ({ team_id: w.team, user_id: w.people.newcomer.id }),
  'POST /api/v4/teams/:team_id/members/batch': (w) => [{ team_id: w.team, user_id: w.people.newcomer.id }],
  'PUT /api/v4/teams/:team_id/members/:user_id/roles': () => ({ roles: 'team_user team_admin' }),
  'PUT /api/v4/teams/:team_id/members/:user_id/schemeRoles': () => ({ scheme_admin: true, scheme_user: true }),
  'POST /api/v4/teams/:team_id/invite/email': () => ['new@example.com'],
  'POST /api/v4/teams/:team_id/invite-guests/email': (w) => ({ emails: ['g@example.com'], channels: [w.channel] }),
  'POST /api/v4/teams/:team_id/import': () => pictureForm('file', { filesize: '70', importFrom: 'slack' }),
}

const CHANNELS: Bodies = {
  'POST /api/v4/channels': (w) => ({ team_id: w.team, name: `fresh-${w.short}`, display_name: 'Fresh', type: 'P' }),
  'PUT /api/v4/channels/:channel_id': (w) => ({ id: w.channel, name: w.channelName, display_name: 'Renamed' }),
  'PUT /api/v4/channels/:channel_id/patch': () => ({ header: 'new' }),
  'PUT /api/v4/channels/:channel_id/privacy': () => ({ privacy: 'O' }),
  'PUT /api/v4/channels/:channel_id/scheme': (w) => ({ scheme_id: w.channelScheme }),
  'POST /api/v4/channels/:channel_id/move': (w) => ({ team_id: w.elsewhere, force: true }),
  'POST /api/v4/teams/:team_id/channels/ids': (w) => [w.channel],
  'POST /api/v4/channels/search': () => ({ term: 'secret' }),
  'POST /api/v4/channels/group/search': () => ({ term: 'member' }),
  'POST /api/v4/teams/:team_id/channels/search': () => ({ term: 'secret' }),
  'POST /api/v4/channels/:channel_id/members': (w) => ({ user_id: w.people.teamAdmin.id }),
  'PUT /api/v4/channels/:channel_id/members/:user_id/roles': () => ({ roles: 'channel_user channel_admin' }),
  'PUT /api/v4/channels/:channel_id/members/:user_id/schemeRoles': () => ({ scheme_admin: true, scheme_user: true }),
  'PUT /api/v4/channels/:channel_id/members/:user_id/notify_props': () => ({ desktop: 'all' }),
  'PUT /api/v4/channels/:channel_id/members/:user_id/autotranslation': () => ({ autotranslation_disabled: true }),
  'POST /api/v4/channels/:channel_id/members/ids': idsOf('member'),
  'POST /api/v4/channels/stats/member_count': (w) => [w.channel],
  'POST /api/v4/channels/direct': idsOf('member', 'admin'),
  'POST /api/v4/channels/group': idsOf('member', 'admin', 'teamAdmin'),
  'POST /api/v4/channels/:channel_id/convert_to_channel': (w) => ({
    channel_id: w.group,
    team_id: w.team,
    name: `fresh-${w.short}`,
    display_name: 'Fresh',
  }),
  'POST /api/v4/channels/members/:user_id/view': (w) => ({ channel_id: w.channel }),
  'POST /api/v4/channels/members/:user_id/mark_read': (w) => [w.channel],
  'PUT /api/v4/channels/:channel_id/moderations/patch': () => [{ name: 'create_post', roles: { guests: false } }],
  'POST /api/v4/channels/:channel_id/bookmarks': () => ({
    display_name: 'Link',
    link_url: 'https://example.com',
    type: 'link',
  }),
  'PATCH /api/v4/channels/:channel_id/bookmarks/:bookmark_id': () => ({ display_name: 'Renamed' }),
  'POST /api/v4/channels/:channel_id/bookmarks/:bookmark_id/sort_order': () => 0,
}

const POSTS: Bodies = {
  'POST /api/v4/posts': (w) => ({ channel_id: w.channel, message: 'hello' }),
  'POST /api/v4/posts/ephemeral': (w) => ({
    user_id: memberId(w),
    post: {
      channel_id: w.channel,
      message: 'only you see this',
    },
  }),
  'PUT /api/v4/posts/:post_id': (w) => ({ id: w.post, message: 'changed' }),
  'PUT /api/v4/posts/:post_id/patch': () => ({ message: 'changed' }),
  'POST /api/v4/posts/:post_id/actions/:action': () => ({ selected_option: '', cookie: '' }),
  'POST /api/v4/posts/:post_id/move': (w) => ({ channel_id: w.townSquare }),
  'POST /api/v4/posts/ids': (w) => [w.post],
  'POST /api/v4/users/:user_id/posts/:post_id/set_unread': () => ({ collapsed_threads_supported: true }),
  'POST /api/v4/users/:user_id/posts/:post_id/reminder': () => ({ target_time: 4_000_000_000 }),
  'POST /api/v4/reactions': (w) => ({ user_id: memberId(w), post_id: w.post, emoji_name: 'heart' }),
  'POST /api/v4/posts/ids/reactions': (w) => [w.post],
  'POST /api/v4/drafts': (w) => ({ channel_id: w.channel, message: 'unsaid' }),
  'POST /api/v4/posts/schedule': (w) => ({ channel_id: w.channel, message: 'later', scheduled_at: 4_000_000_000_000 }),
  'PUT /api/v4/posts/schedule/:scheduled_post_id': (w) => ({
    id: w.scheduled,
    channel_id: w.channel,
    user_id: memberId(w),
    message: 'later still',
    scheduled_at: 4e12,
  }),
  'POST /api/v4/posts/search': () => ({ terms: 'secret' }),
  'POST /api/v4/teams/:team_id/posts/search': () => ({ terms: 'secret' }),
  'POST /api/v4/files/search': () => ({ terms: 'picture' }),
  'POST /api/v4/teams/:team_id/files/search': () => ({ terms: 'picture' }),
  'POST /api/v4/notifications/ack': (w) => ({ id: 'x', received_at: 1, platform: 'ios', type: 'x', post_id: w.post }),
}

const categoryBody: Body = (w) => ({
  user_id: memberId(w),
  team_id: w.team,
  display_name: 'Mine',
  type: 'custom',
  channel_ids: [w.channel],
})

const GITLAB: Bodies = {
  'POST /api/v4/client_perf': () => ({ version: '0.1.0', labels: {}, start: 1, end: 2, counters: [], histograms: [] }),
  'PUT /api/v4/users/:user_id/gitlab': () => ({ gitlab_id: 42 }),
  'POST /api/v4/gitlab/identities/adopt': () => ({ from: 'gitlab' }),
  'POST /api/v4/gitlab/system_hook': () => ({ event_name: 'user_destroy', user_id: 42 }),
}

const REST: Bodies = {
  'POST /api/v4/users/:user_id/teams/:team_id/channels/categories': categoryBody,
  'PUT /api/v4/users/:user_id/teams/:team_id/channels/categories': (w) => [
    { ...(categoryBody(w) as object), id: w.category },
  ],
  'PUT /api/v4/users/:user_id/teams/:team_id/channels/categories/order': (w) =>
    ['favorites', 'channels', 'direct_messages']
      .map((type) => `${type}_${w.people.member.id}_${w.team}`)
      .concat(w.category),
  'PUT /api/v4/users/:user_id/teams/:team_id/channels/categories/:category_id': (w) => ({
    ...(categoryBody(w) as object),
    id: w.category,
    display_name: 'Renamed',
  }),
  'POST /api/v4/files': (w) => pictureForm('files', { channel_id: w.channel, client_ids: 'a' }),
  'POST /api/v4/uploads': (w) => ({ channel_id: w.channel, filename: 'a.txt', file_size: 10 }),
  'POST /api/v4/uploads/:upload_id': () => PNG,
  'POST /api/v4/emoji': (w) =>
    pictureForm('image', { emoji: JSON.stringify({ creator_id: w.people.member.id, name: `fresh_${w.short}` }) }),
  'POST /api/v4/emoji/search': () => ({ term: 'emoji' }),
  'POST /api/v4/emoji/names': (w) => [w.emojiName],
  'POST /api/v4/roles/names': (w) => [w.roleName],
  'PUT /api/v4/roles/:role_id/patch': () => ({ permissions: ['create_post'] }),
  'POST /api/v4/permissions/ancillary': () => ['sysconsole_read_reporting_server_logs'],
  'PUT /api/v4/system/notices/view': () => ['notice'],
  'POST /api/v4/logs': () => ({ level: 'DEBUG', message: 'from a client' }),
  'POST /api/v4/logs/query': () => '{}',
  'POST /api/v4/email/test': () => '{}',
  'POST /api/v4/file/s3_test': () => ({}),
  'POST /api/v4/site_url/test': () => ({ site_url: 'http://127.0.0.1:1' }),
  'POST /api/v4/trial-license': () => '{"users":1}',
  'POST /api/v4/license': () => pictureForm('license'),
  'POST /api/v4/system/onboarding/complete': () => ({ organization: 'Us' }),
  'PUT /api/v4/config': () => ({}),
  'PUT /api/v4/config/patch': () => ({}),
  'POST /api/v4/config/migrate': () => ({ from: 'a', to: 'b' }),
  'POST /api/v4/schemes': (w) => ({ name: `fresh${w.short}`, display_name: 'Fresh', scope: 'team' }),
  'PUT /api/v4/schemes/:scheme_id/patch': () => ({ display_name: 'Renamed' }),
  'POST /api/v4/groups': (w) => ({
    name: `fresh_${w.short}`,
    display_name: 'Fresh',
    source: 'custom',
    allow_reference: true,
    user_ids: [memberId(w)],
  }),
  'POST /api/v4/groups/names': (w) => [`group_${w.short}`],
  'PUT /api/v4/groups/:group_id/patch': () => ({ display_name: 'Renamed' }),
  'POST /api/v4/groups/:group_id/members': idsBody('newcomer'),
  'DELETE /api/v4/groups/:group_id/members': idsBody('member'),
  'POST /api/v4/groups/:group_id/channels/:channel_id/link': () => ({ auto_add: false }),
  'POST /api/v4/groups/:group_id/teams/:team_id/link': () => ({ auto_add: false }),
  'PUT /api/v4/groups/:group_id/channels/:channel_id/patch': () => ({ auto_add: false }),
  'PUT /api/v4/groups/:group_id/teams/:team_id/patch': () => ({ auto_add: false }),
}

function idsBody(name: keyof World['people']): Body {
  return (w) => ({ user_ids: [w.people[name].id] })
}

/** A minimal valid body for every route that reads one, by "METHOD path". */
export const BODIES: Bodies = { ...USERS, ...SESSIONS, ...TEAMS, ...CHANNELS, ...POSTS, ...GITLAB, ...REST }
