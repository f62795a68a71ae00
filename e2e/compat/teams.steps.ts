import { expect, newApi, PASSWORD, refusal, signUp, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A file as a browser's file dialog gives it. */
export const picture = (name = 'dot.png'): File => new File([PICTURE], name, { type: 'image/png' })

/** Teams, their members and the ways in. */
theme('teams')

step('a new team has its two channels', async () => {
  const names = (await world.mina.api.getMyChannels(world.team.id)).map((one: Json) => one.name)
  expect(names.toSorted()).toEqual(['off-topic', 'town-square'])
})
step('who makes a team runs it', async () => {
  const member = await world.admin.api.getTeamMember(world.team.id, world.admin.id)
  expect([member.scheme_admin, member.scheme_user]).toEqual([true, true])
})
step('a member sees no invitation link that he may not hand out', async () => {
  const [team] = await world.mina.api.getMyTeams()
  expect(team).toMatchObject({ id: world.team.id, display_name: '은하 팀', type: 'O' })
})
step('a team is found by name', async () => {
  expect((await world.mina.api.getTeamByName('galaxy')).id).toBe(world.team.id)
})
step('the sign-up page asks whether a name is taken', async () => {
  const { api } = world.mina
  expect([(await api.checkIfTeamExists('galaxy')).exists, (await api.checkIfTeamExists('free')).exists]).toEqual([
    true,
    false,
  ])
})
step('a reserved team name is refused', async () => {
  const error = await refusal(world.mina.api.createTeam({ name: 'api', display_name: 'Api', type: 'O' }))
  expect(error.status_code).toBe(400)
})
step('a team is described and its members hear of it', async () => {
  world.mina.socket.clear()
  const team = await world.admin.api.patchTeam({ id: world.team.id, description: '우리 은하' })
  expect(team.description).toBe('우리 은하')
  const { data } = await world.mina.socket.heard('update_team')
  expect(JSON.parse(data.team)).toMatchObject({ description: '우리 은하', invite_id: '', email: '' })
})
step('a member may not change the team', async () => {
  expect((await refusal(world.mina.api.patchTeam({ id: world.team.id, description: 'x' }))).status_code).toBe(403)
})
step('members are counted', async () => {
  expect(await world.mina.api.getTeamStats(world.team.id)).toMatchObject({ total_member_count: 3 })
})
step('members are listed', async () => {
  expect(await world.mina.api.getTeamMembers(world.team.id)).toHaveLength(3)
  const some = await world.mina.api.getTeamMembersByIds(world.team.id, [world.jun.id])
  expect(some.map((one: Json) => one.user_id)).toEqual([world.jun.id])
})
step('what is unread is counted for each team', async () => {
  const [unread] = await world.jun.api.getMyTeamUnreads(true)
  expect(unread.team_id).toBe(world.team.id)
})
step('an invitation link brings a new account straight into the team', async () => {
  const team = await world.admin.api.getTeam(world.team.id)
  expect((await newApi().getTeamInviteInfo(team.invite_id)).name).toBe('galaxy')
  const user = await signUp('invited', {}, team.invite_id)
  expect((await world.admin.api.getTeamMember(world.team.id, user.id)).user_id).toBe(user.id)
})
step('a renewed link makes the old one worthless', async () => {
  const old = (await world.admin.api.getTeam(world.team.id)).invite_id
  expect((await world.admin.api.regenerateTeamInviteId(world.team.id)).invite_id).not.toBe(old)
  expect((await refusal(newApi().getTeamInviteInfo(old))).status_code).toBe(404)
})
step('an open team is joined by its id, and its people hear of it', async () => {
  world.mina.socket.clear()
  const user = await signUp('walker')
  const api = newApi()
  await api.login('walker', PASSWORD)
  expect((await api.addToTeam(world.team.id, user.id)).team_id).toBe(world.team.id)
  await world.mina.socket.heard('user_added', (one) => one.data.user_id === user.id)
})
step('leaving a team is told to those who stay', async () => {
  world.jun.socket.clear()
  const walker = await world.mina.api.getUserByUsername('walker')
  await world.admin.api.removeFromTeam(world.team.id, walker.id)
  await world.jun.socket.heard('leave_team', (one) => one.data.user_id === walker.id)
})
step('several people are added at once', async () => {
  const walker = await world.mina.api.getUserByUsername('walker')
  const answer = await world.admin.api.addUsersToTeamGracefully(world.team.id, [walker.id])
  expect(answer).toEqual([expect.objectContaining({ user_id: walker.id })])
})
step('a member becomes team administrator and is told so', async () => {
  world.mina.socket.clear()
  await world.admin.api.updateTeamMemberSchemeRoles(world.team.id, world.mina.id, true, true)
  const { data } = await world.mina.socket.heard('memberrole_updated')
  expect(JSON.parse(data.member)).toMatchObject({ user_id: world.mina.id, scheme_admin: true })
  await world.admin.api.updateTeamMemberSchemeRoles(world.team.id, world.mina.id, true, false)
})
step('teams are searched, with and without pages', async () => {
  const { api } = world.admin
  expect((await api.searchTeams('은하', {})).map((one: Json) => one.name)).toEqual(['galaxy'])
  expect(await api.searchTeams('galaxy', { page: 0, per_page: 10 })).toMatchObject({ total_count: 1 })
})
step('a team picture is set, shown and removed', async () => {
  const { api } = world.admin
  expect(await api.setTeamIcon(world.team.id, picture())).toEqual({ status: 'OK' })
  const { last_team_icon_update } = await api.getTeam(world.team.id)
  const headers = { Authorization: `Bearer ${api.getToken()}` }
  const shown = await fetch(api.getTeamIconUrl(world.team.id, last_team_icon_update), { headers })
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(await api.removeTeamIcon(world.team.id)).toEqual({ status: 'OK' })
})
step('a team is archived and brought back', async () => {
  const { api } = world.admin
  const team = await api.createTeam({ name: 'comet', display_name: 'Comet', type: 'O' })
  await api.deleteTeam(team.id)
  expect((await api.getTeam(team.id)).delete_at).toBeGreaterThan(0)
  expect((await api.unarchiveTeam(team.id)).delete_at).toBe(0)
})
