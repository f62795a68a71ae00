import { ask, expect, newApi, playInBrowser, refusal, say, sorted, step, theme, watch, world } from './scenario.ts'
import type { Json, Player } from './scenario.ts'

/** What the official web client asks from the first byte to an open channel, in its order. */
theme('first load')

let browser: Player
let members: Json[]
let channels: Json[]
const team = () => world.team.id

step('before signing in: configuration and licence', async () => {
  const api = newApi()
  const [config, license] = await Promise.all([api.getClientConfigOld(), api.getClientLicenseOld()])
  expect([config.DiagnosticId ?? '', license.IsLicensed].every((one) => typeof one === 'string')).toBe(true)
  expect((await refusal(api.getMe())).status_code).toBe(401)
})
step('signing in with the keys that the sign-in page sends', async () => {
  browser = await playInBrowser('jun')
  expect(watch.cookies.get('MMUSERID')).toBe(browser.id)
})
step('the person, his settings, his teams and his place in them', async () => {
  const { api } = browser
  const answers = await Promise.all([api.getMe(), api.getMyPreferences(), api.getMyTeams(), api.getMyTeamMembers()])
  expect(answers[0].id).toBe(browser.id)
  expect(answers[2].map((one: Json) => one.id)).toContain(team())
  members = answers[3]
  expect(members.every((one) => one.user_id === browser.id)).toBe(true)
})
step('unread teams, limits, plug-ins, emoji and roles', async () => {
  const { api } = browser
  const roles = ['system_user', ...new Set(members.flatMap((one) => one.roles.split(' ')))]
  const [unread, limits, plugins, emoji, known] = await Promise.all([
    api.getMyTeamUnreads(true),
    api.getServerLimits(),
    api.getWebappPlugins(),
    api.getCustomEmojisByNames(['nova', 'thumbsup']),
    api.getRolesByNames(roles),
  ])
  expect([unread.length > 0, plugins]).toEqual([true, []])
  expect(limits.data).toHaveProperty('maxUsersLimit')
  expect(emoji.length).toBeLessThanOrEqual(1)
  expect(sorted(known.map((one: Json) => one.name))).toEqual(sorted(new Set(roles)))
})
step('plug-ins are asked for even before signing in', async () => {
  expect(await newApi().getWebappPlugins()).toEqual([])
})
step('own fields of the profile', async () => {
  expect(await browser.api.getCustomProfileAttributeFields()).toEqual([])
})
step('all channels of all teams in one answer', async () => {
  channels = await browser.api.getAllTeamsChannels()
  expect(channels.map((one) => one.id)).toContain(world.townSquare.id)
  expect(new Set(channels.map((one) => one.id)).size).toBe(channels.length)
})
step('all memberships as a stream of lines', async () => {
  const all = await browser.api.getAllChannelsMembers(browser.id, -1)
  expect(sorted(all.map((one: Json) => one.channel_id))).toEqual(sorted(channels.map((one) => one.id)))
})
step('sidebar, drafts, posts for later and totals of threads', async () => {
  const { api, id } = browser
  const [sidebar, drafts, scheduled, totals] = await Promise.all([
    api.getChannelCategories(id, team()),
    api.getUserDrafts(team()),
    api.getScheduledPosts(team(), true),
    api.getUserThreads(id, team(), { totalsOnly: true }),
  ])
  const listed = sidebar.categories.flatMap((one: Json) => one.channel_ids)
  expect(listed).toContain(world.townSquare.id)
  expect([Array.isArray(drafts), typeof scheduled.data, totals.total >= 0]).toEqual([true, 'object', true])
})
step('every channel of the team stands in the sidebar once', async () => {
  const { categories } = await browser.api.getChannelCategories(browser.id, team())
  const listed = categories.flatMap((one: Json) => one.channel_ids)
  const wanted = channels.filter((one) => one.team_id === team() || one.team_id === '').map((one) => one.id)
  expect(sorted(listed)).toEqual(sorted(wanted))
})
step('presence and profiles of the people in sight', async () => {
  const { api, id } = browser
  const partners = channels.filter((one) => one.type === 'D').flatMap((one) => one.name.split('__'))
  const ids = [...new Set([id, ...partners])]
  expect((await api.getStatusesByIds(ids)).length).toBe(ids.length)
  expect((await api.getProfilesByIds(ids)).length).toBe(ids.length)
  const groups = channels.filter((one) => one.type === 'G').map((one) => one.id)
  expect(Object.keys(await api.getProfilesInGroupChannels(groups))).toEqual(groups)
})
step('notices, and what the client measured', async () => {
  expect(await browser.api.getInProductNotices(team(), 'web', '10.11.0')).toEqual([])
  const report = { version: '0.1.0', labels: { platform: 'linux', agent: 'chrome' }, start: 1, end: 2 }
  expect(await ask(browser, 'post', '/client_perf', { ...report, counters: [], histograms: [] })).toEqual({
    status: 'OK',
  })
})
step('a fault of the client reaches the log of the server', async () => {
  browser.api.setEnableLogging(true)
  expect(await browser.api.logClientError('something went wrong', 'DEBUG')).toHaveProperty('message')
})
step('groups that may be mentioned', async () => {
  const options = { filter_allow_reference: true, page: 0, per_page: 60, include_member_count: true }
  expect(await browser.api.getGroups(options)).toEqual(expect.any(Array))
  expect(await browser.api.getGroupsByUserId(browser.id)).toEqual(expect.any(Array))
})
step('the first unread channel is opened around its unread posts', async () => {
  await say(world.mina, world.townSquare, '모두 안녕하세요')
  const { api, id } = browser
  const posts = await api.getPostsUnread(world.townSquare.id, id, 30, 30, false, true, false)
  expect(posts.order.length).toBeGreaterThan(0)
  expect((await api.getChannelStats(world.townSquare.id, false)).channel_id).toBe(world.townSquare.id)
  expect((await api.viewMyChannel(world.townSquare.id)).status).toBe('OK')
  expect(await api.getChannelBookmarks(world.townSquare.id)).toEqual([])
})
step('further posts, a deep link and an unknown channel', async () => {
  const { api } = browser
  const page = await api.getPosts(world.townSquare.id, 0, 30, false, true, false)
  expect((await api.getPostsSince(world.townSquare.id, Date.now() - 60_000)).order.length).toBeGreaterThan(0)
  expect((await api.getPostsBefore(world.townSquare.id, page.order[0], 0, 30)).order).toEqual(page.order.slice(1))
  const linked = await api.getChannelByNameAndTeamName('galaxy', 'off-topic', true)
  expect((await api.getMyChannelMember(linked.id)).user_id).toBe(browser.id)
})
step('names in texts become people, and who would be woken is counted', async () => {
  const { api } = browser
  expect(await api.getProfilesByUsernames(['mina'])).toHaveLength(1)
  expect(await api.getChannelTimezones(world.townSquare.id)).toEqual(expect.any(Array))
  expect(await api.getChannelMemberCountsByGroup(world.townSquare.id, true)).toEqual(expect.any(Array))
})
step('asking again after a break: only what changed since', async () => {
  const since = Date.now()
  await world.mina.api.patchMe({ nickname: '제비꽃' })
  const changed = await browser.api.getProfilesByIds([world.mina.id, world.admin.id], { since })
  expect(changed.map((one: Json) => one.id)).toEqual([world.mina.id])
})
step('signing out ends it all', async () => {
  browser.socket.close()
  expect((await browser.api.logout()).status).toBe(200)
  expect((await refusal(browser.api.getMe())).status_code).toBe(401)
})
