import { expect, newApi, refusal, say, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** Configuration, licence, roles, schemes, groups and terms of service. */
theme('administration')

let scheme: Json
let group: Json

step('a client learns its configuration before anybody signs in', async () => {
  const config = await newApi().getClientConfigOld()
  expect(config).toMatchObject({ EnableSignUpWithEmail: 'true', SiteName: expect.any(String) })
  expect(config.Version).toMatch(/^10\.11\./)
})
step('who is signed in is told more', async () => {
  const [before, after] = [await newApi().getClientConfigOld(), await world.mina.api.getClientConfigOld()]
  expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length)
  expect(after.CollapsedThreads).toBe('always_on')
})
step('the licence tells clients which features to show', async () => {
  expect((await newApi().getClientLicenseOld()).IsLicensed).toMatch(/^(true|false)$/)
})
step('the server says that it is well', async () => {
  expect(await newApi().ping(true)).toMatchObject({ status: 'OK', database_status: 'OK', filestore_status: 'OK' })
})
step('only the administrator reads the whole configuration, without secrets', async () => {
  expect((await refusal(world.mina.api.getConfig())).status_code).toBe(403)
  const config = await world.admin.api.getConfig()
  expect(config.SqlSettings.DataSource).toMatch(/^\*+$/)
  expect(config.TeamSettings.MaxUsersPerTeam).toBeGreaterThan(0)
})
step('a setting is changed and every client hears of it', async () => {
  world.mina.socket.clear()
  const config = await world.admin.api.patchConfig({ TeamSettings: { CustomDescriptionText: '우리 회사 대화방' } })
  expect(config.TeamSettings.CustomDescriptionText).toBe('우리 회사 대화방')
  const { data } = await world.mina.socket.heard('config_changed')
  expect(data.config.CustomDescriptionText).toBe('우리 회사 대화방')
})
step('the whole configuration is written back', async () => {
  const config = await world.admin.api.getConfig()
  config.TeamSettings.CustomDescriptionText = ''
  expect((await world.admin.api.updateConfig(config)).TeamSettings.CustomDescriptionText).toBe('')
})
step('nonsense in the configuration is refused', async () => {
  const error = await refusal(world.admin.api.patchConfig({ TeamSettings: { MaxUsersPerTeam: -1 } }))
  expect(error).toMatchObject({ status_code: 400, server_error_id: 'model.config.is_valid.max_users.app_error' })
})
step('settings that come from the environment are marked', async () => {
  expect(await world.admin.api.getEnvironmentConfig()).toEqual(expect.any(Object))
})
step('roles are read by name, several at once', async () => {
  const roles = await world.mina.api.getRolesByNames(['system_user', 'team_user', 'channel_user'])
  expect(roles.map((one: Json) => one.name).toSorted()).toEqual(['channel_user', 'system_user', 'team_user'])
  expect((await world.mina.api.getRoleByName('channel_user')).permissions).toContain('create_post')
})
step('a role is changed, everybody hears of it, and it holds at once', async () => {
  world.mina.socket.clear()
  const role = await world.admin.api.getRoleByName('team_user')
  const without = role.permissions.filter((one: string) => one !== 'create_private_channel')
  await world.admin.api.patchRole(role.id, { permissions: without })
  await world.mina.socket.heard('role_updated')
  const wanted = { team_id: world.team.id, name: 'not-allowed', display_name: 'No', type: 'P' }
  expect((await refusal(world.mina.api.createChannel(wanted))).status_code).toBe(403)
  await world.admin.api.patchRole(role.id, { permissions: role.permissions })
})
step('nobody else changes roles', async () => {
  const { id } = await world.mina.api.getRoleByName('system_user')
  expect((await refusal(world.mina.api.patchRole(id, { permissions: ['manage_system'] }))).status_code).toBe(403)
})
step('a permission scheme has its own roles', async () => {
  const wanted = { display_name: '조용한 팀', description: '', scope: 'team' }
  scheme = await world.admin.api.createScheme(wanted)
  expect(scheme).toMatchObject({ display_name: '조용한 팀', scope: 'team' })
  expect((await world.admin.api.getRoleByName(scheme.default_team_user_role)).scheme_managed).toBe(true)
})
step('a team follows a scheme and leaves it', async () => {
  const { api } = world.admin
  expect(await api.updateTeamScheme(world.team.id, scheme.id)).toEqual({ status: 'OK' })
  expect((await api.getSchemeTeams(scheme.id)).map((one: Json) => one.id)).toEqual([world.team.id])
  expect((await api.getSchemes('team')).map((one: Json) => one.id)).toContain(scheme.id)
  await api.patchScheme(scheme.id, { display_name: '더 조용한 팀', description: '' })
  await api.updateTeamScheme(world.team.id, '')
  expect(await api.deleteScheme(scheme.id)).toEqual({ status: 'OK' })
})
step('a custom group is made with its members', async () => {
  const wanted = { name: 'stargazers', display_name: '별 보는 사람', allow_reference: true, source: 'custom' }
  group = await world.admin.api.createGroupWithUserIds({ ...wanted, user_ids: [world.mina.id] })
  expect(group).toMatchObject({ name: 'stargazers', source: 'custom', member_count: 1 })
  expect((await world.mina.api.getGroupsByUserId(world.mina.id)).map((one: Json) => one.id)).toEqual([group.id])
})
step('who writes to a group writes to its members', async () => {
  const mentions = async () => (await world.mina.api.getMyChannelMember(world.offTopic.id)).mention_count
  const before = await mentions()
  await say(world.jun, world.offTopic, '@stargazers 오늘 밤 별똥별이 보입니다')
  expect((await mentions()) - before).toBe(1)
})
step('members of a group come and go', async () => {
  const { api } = world.admin
  world.jun.socket.clear()
  await api.addUsersToGroup(group.id, [world.jun.id])
  await world.jun.socket.heard('group_member_add')
  expect((await api.getProfilesInGroup(group.id)).map((one: Json) => one.username)).toEqual(['jun', 'mina'])
  expect((await api.getGroupStats(group.id)).total_member_count).toBe(2)
  await api.removeUsersFromGroup(group.id, [world.jun.id])
  await world.jun.socket.heard('group_member_deleted')
})
step('groups are listed and searched', async () => {
  const groups = await world.mina.api.getGroups({ q: 'star', filter_allow_reference: true, page: 0, per_page: 10 })
  expect(groups.map((one: Json) => one.name)).toEqual(['stargazers'])
  expect((await world.mina.api.getGroup(group.id, true)).member_count).toBe(1)
})
step('a group is renamed, archived and restored', async () => {
  const { api } = world.admin
  expect((await api.patchGroup(group.id, { display_name: '천문 동아리' })).display_name).toBe('천문 동아리')
  expect((await api.archiveGroup(group.id)).delete_at).toBeGreaterThan(0)
  expect((await api.restoreGroup(group.id)).delete_at).toBe(0)
})
step('terms of service are written and accepted', async () => {
  await world.admin.api.patchConfig({ SupportSettings: { CustomTermsOfServiceEnabled: true } })
  const terms = await world.admin.api.createTermsOfService('서로 존중합니다.')
  expect((await world.mina.api.getTermsOfService()).text).toBe('서로 존중합니다.')
  expect(await world.mina.api.updateMyTermsOfServiceStatus(terms.id, true)).toEqual({ status: 'OK' })
  expect((await world.mina.api.getMe()).terms_of_service_id).toBe(terms.id)
  await world.admin.api.patchConfig({ SupportSettings: { CustomTermsOfServiceEnabled: false } })
})
step('the statistics page has its numbers', async () => {
  const rows = await world.admin.api.getAnalytics('standard')
  expect(rows.map((one: Json) => one.name)).toEqual(expect.arrayContaining(['post_count', 'unique_user_count']))
})
step('the database tells which schema it has', async () => {
  const migrations = await world.admin.api.getAppliedSchemaMigrations()
  expect(migrations.map((one: Json) => one.version)).toContain(141)
})
step('how full the server is', async () => {
  const { data } = await world.admin.api.getServerLimits()
  expect(data).toMatchObject({ activeUserCount: expect.any(Number) })
  expect((await world.admin.api.getPostsUsage()).count).toBeGreaterThanOrEqual(0)
})
