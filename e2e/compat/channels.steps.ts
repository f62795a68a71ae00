import { expect, makeChannel, refusal, say, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** Channels of every kind, and who is in them. */
theme('channels')

let open: Json
let secret: Json

step('a channel is made and its creator runs it', async () => {
  open = await makeChannel(world.mina, 'stars')
  const member = await world.mina.api.getMyChannelMember(open.id)
  expect([member.scheme_admin, member.notify_props.desktop]).toEqual([true, 'default'])
})
step('a taken name is refused', async () => {
  const error = await refusal(makeChannel(world.jun, 'stars'))
  expect(error).toMatchObject({
    status_code: 400,
    server_error_id: 'store.sql_channel.save_channel.exists.app_error',
  })
})
step('an open channel is listed for those who are not in it', async () => {
  const channels = await world.jun.api.getChannels(world.team.id)
  expect(channels.map((one: Json) => one.name)).toContain('stars')
})
step('somebody joins: the channel hears it and sees the message', async () => {
  world.mina.socket.clear()
  await world.jun.api.addToChannel(world.jun.id, open.id)
  await world.mina.socket.heard('user_added', (one) => one.data.user_id === world.jun.id)
  const { data } = await world.mina.socket.heard('posted')
  expect(JSON.parse(data.post)).toMatchObject({ type: 'system_join_channel', channel_id: open.id })
})
step('members are listed and counted', async () => {
  expect(await world.mina.api.getChannelMembers(open.id)).toHaveLength(2)
  expect(await world.mina.api.getChannelStats(open.id, true)).toMatchObject({ member_count: 2, guest_count: 0 })
  expect(await world.mina.api.getChannelsMemberCount([open.id])).toEqual({ [open.id]: 2 })
})
step('people of a channel and those who are not in it yet', async () => {
  const inside = await world.mina.api.getProfilesInChannel(open.id)
  expect(inside.map((one: Json) => one.username).toSorted()).toEqual(['jun', 'mina'])
  const outside = await world.mina.api.getProfilesNotInChannel(world.team.id, open.id, false)
  expect(outside.map((one: Json) => one.username)).toContain('boss')
})
step('the time zones of a channel', async () => {
  expect(await world.jun.api.getChannelTimezones(open.id)).toContain('Asia/Seoul')
})
step('the header is changed: an event and a message', async () => {
  world.jun.socket.clear()
  expect((await world.mina.api.patchChannel(open.id, { header: '별 이야기' })).header).toBe('별 이야기')
  const { data } = await world.jun.socket.heard('channel_updated')
  expect(JSON.parse(data.channel).header).toBe('별 이야기')
  await world.jun.socket.heard('posted', (one) => JSON.parse(one.data.post).type === 'system_header_change')
})
step('a channel is renamed as a whole', async () => {
  const channel = { ...(await world.mina.api.getChannel(open.id)), display_name: '별' }
  expect((await world.mina.api.updateChannel(channel)).display_name).toBe('별')
})
step('a channel is found by names of team and channel', async () => {
  const found = await world.jun.api.getChannelByNameAndTeamName('galaxy', 'stars', true)
  expect(found.id).toBe(open.id)
})
step('a Korean display name completes a channel link', async () => {
  const found = await world.jun.api.autocompleteChannels(world.team.id, '별')
  expect(found.map((one: Json) => one.name)).toEqual(['stars'])
  const all = await world.jun.api.autocompleteChannelsForSearch(world.team.id, '별')
  expect(all.map((one: Json) => one.name)).toEqual(['stars'])
})
step('channels are searched in the team and everywhere', async () => {
  expect((await world.jun.api.searchChannels(world.team.id, 'star')).map((one: Json) => one.id)).toEqual([open.id])
  const all = await world.admin.api.searchAllChannels('별', { page: 0, per_page: 10 })
  expect(all).toMatchObject({ total_count: 1, channels: [{ id: open.id, team_name: 'galaxy' }] })
})
step('the administrator lists all channels', async () => {
  const page = await world.admin.api.getAllChannels(0, 50, '', false, true, false, false, false, false)
  expect(page.channels.map((one: Json) => one.id)).toContain(open.id)
  expect(page.total_count).toBe(page.channels.length)
})
step('muting a channel is kept and told to own browsers', async () => {
  world.jun.socket.clear()
  const props = { user_id: world.jun.id, channel_id: open.id, mark_unread: 'mention' }
  expect(await world.jun.api.updateChannelNotifyProps(props)).toEqual({ status: 'OK' })
  const { data } = await world.jun.socket.heard('channel_member_updated')
  expect(JSON.parse(data.channelMember).notify_props.mark_unread).toBe('mention')
})
step('a private channel is invisible to others', async () => {
  secret = await makeChannel(world.mina, 'dark-matter', [], { type: 'P' })
  expect((await refusal(world.jun.api.getChannel(secret.id))).status_code).toBe(403)
  expect((await refusal(world.jun.api.addToChannel(world.jun.id, secret.id))).status_code).toBe(403)
  expect(await world.jun.api.searchChannels(world.team.id, 'dark')).toEqual([])
})
step('somebody is added to it and hears so', async () => {
  world.jun.socket.clear()
  await world.mina.api.addToChannel(world.jun.id, secret.id)
  await world.jun.socket.heard('user_added', (one) => one.broadcast.channel_id === secret.id)
  expect((await world.jun.api.getChannel(secret.id)).type).toBe('P')
})
step('a member is made channel administrator', async () => {
  await world.mina.api.updateChannelMemberSchemeRoles(secret.id, world.jun.id, true, true)
  expect((await world.jun.api.getMyChannelMember(secret.id)).roles).toContain('channel_admin')
})
step('somebody is removed: he and the channel hear so, and he sees nothing more', async () => {
  world.jun.socket.clear()
  world.mina.socket.clear()
  await world.mina.api.removeFromChannel(world.jun.id, secret.id)
  await world.jun.socket.heard('user_removed', (one) => one.data.channel_id === secret.id)
  await world.mina.socket.heard('user_removed', (one) => one.data.user_id === world.jun.id)
  expect((await refusal(world.jun.api.getPosts(secret.id))).status_code).toBe(403)
})
step('an open channel becomes private', async () => {
  const channel = await makeChannel(world.mina, 'eclipse')
  expect((await world.admin.api.updateChannelPrivacy(channel.id, 'P')).type).toBe('P')
})
step('two people have one direct channel', async () => {
  world.jun.socket.clear()
  const direct = await world.mina.api.createDirectChannel([world.mina.id, world.jun.id])
  expect(direct).toMatchObject({ type: 'D', team_id: '', name: [world.mina.id, world.jun.id].toSorted().join('__') })
  await world.jun.socket.heard('direct_added')
  expect((await world.jun.api.createDirectChannel([world.jun.id, world.mina.id])).id).toBe(direct.id)
})
step('a direct message is a mention for the other', async () => {
  const direct = await world.mina.api.createDirectChannel([world.mina.id, world.jun.id])
  await say(world.mina, direct, '안녕')
  expect((await world.jun.api.getMyChannelMember(direct.id)).mention_count).toBe(1)
})
step('three people talk in a group channel', async () => {
  const ids = [world.mina.id, world.jun.id, world.admin.id]
  world.jun.socket.clear()
  const group = await world.mina.api.createGroupChannel(ids)
  expect(group.type).toBe('G')
  await world.jun.socket.heard('group_added', (one) => one.broadcast.channel_id === group.id)
  const people = await world.mina.api.getProfilesInGroupChannels([group.id])
  expect(people[group.id].map((one: Json) => one.username).toSorted()).toEqual(['boss', 'jun'])
  expect((await world.mina.api.searchGroupChannels('jun')).map((one: Json) => one.id)).toEqual([group.id])
})
step('a group message becomes a private channel', async () => {
  const walker = await world.mina.api.getUserByUsername('walker')
  const group = await world.mina.api.createGroupChannel([world.mina.id, world.jun.id, walker.id])
  const { data: teams } = await world.mina.api.getGroupMessageMembersCommonTeams(group.id)
  expect(teams.map((one: Json) => one.id)).toEqual([world.team.id])
  const { data } = await world.mina.api.convertGroupMessageToPrivateChannel(group.id, world.team.id, '셋', 'the-three')
  expect(data).toMatchObject({ id: group.id, type: 'P', team_id: world.team.id })
})
step('what members of a channel may do is moderated', async () => {
  const moderations = await world.admin.api.getChannelModerations(open.id)
  expect(moderations.map((one: Json) => one.name)).toContain('create_post')
  await world.admin.api.patchChannelModerations(open.id, [{ name: 'create_reactions', roles: { members: false } }])
  const post = await say(world.mina, open, 'no faces please')
  expect((await refusal(world.jun.api.addReaction(world.jun.id, post.id, 'smile'))).status_code).toBe(403)
})
step('leaving the default channel is refused', async () => {
  const error = await refusal(world.jun.api.removeFromChannel(world.jun.id, world.townSquare.id))
  expect(error.server_error_id).toBe('api.channel.remove.default.app_error')
})
step('a channel is archived, listed as such and brought back', async () => {
  world.jun.socket.clear()
  await world.mina.api.deleteChannel(open.id)
  await world.jun.socket.heard('channel_deleted', (one) => one.data.channel_id === open.id)
  const archived = await world.jun.api.getArchivedChannels(world.team.id)
  expect(archived.map((one: Json) => one.id)).toContain(open.id)
  expect((await refusal(say(world.jun, open, 'too late'))).status_code).toBe(400)
  expect((await world.admin.api.unarchiveChannel(open.id)).delete_at).toBe(0)
})
