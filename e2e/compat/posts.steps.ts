import { expect, makeChannel, refusal, say, sorted, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** Writing, changing, marking and reading posts. */
theme('posts')

let channel: Json
let post: Json
const unreadOf = async (who: 'mina' | 'jun') => world[who].api.getMyChannelMember(channel.id)

step('a post comes back with the id that the client gave it', async () => {
  channel = await makeChannel(world.mina, 'talk', [world.jun])
  world.jun.socket.clear()
  const pending_post_id = `${world.mina.id}:${Date.now()}`
  post = await say(world.mina, channel, '첫 글입니다 #인사', { pending_post_id })
  expect(post).toMatchObject({
    pending_post_id,
    message: '첫 글입니다 #인사',
    hashtags: '#인사',
    user_id: world.mina.id,
  })
})
step('the others hear it with all that a notification needs', async () => {
  const { data, broadcast } = await world.jun.socket.heard('posted', (one) => JSON.parse(one.data.post).id === post.id)
  expect(data).toMatchObject({
    channel_name: 'talk',
    channel_type: 'O',
    sender_name: '@mina',
    team_id: world.team.id,
  })
  expect(broadcast.channel_id).toBe(channel.id)
})
step('the same pending post sent twice is one post', async () => {
  const pending_post_id = `${world.mina.id}:${Date.now()}1`
  const first = await say(world.mina, channel, 'only once', { pending_post_id })
  expect((await say(world.mina, channel, 'only once', { pending_post_id })).id).toBe(first.id)
})
step('a post that is too long is refused', async () => {
  expect((await refusal(say(world.mina, channel, '가'.repeat(20_000)))).status_code).toBe(400)
})
step('a reply to nothing is refused', async () => {
  expect((await refusal(say(world.mina, channel, 'why?', { root_id: channel.id }))).status_code).toBe(400)
})
step('the author edits; the others see the change', async () => {
  world.jun.socket.clear()
  const edited = await world.mina.api.patchPost({ id: post.id, message: '고친 글입니다 #인사' })
  expect(edited.edit_at).toBeGreaterThan(0)
  const { data } = await world.jun.socket.heard('post_edited')
  expect(JSON.parse(data.post).message).toBe('고친 글입니다 #인사')
})
step('the earlier text stays in the history and can be restored', async () => {
  const history = await world.mina.api.getPostEditHistory(post.id)
  expect(history.map((one: Json) => one.message)).toEqual(['첫 글입니다 #인사'])
  await world.mina.api.restorePostVersion(post.id, history[0].id, '')
  expect((await world.mina.api.getPost(post.id)).message).toBe('첫 글입니다 #인사')
})
step('nobody edits the words of others', async () => {
  expect((await refusal(world.jun.api.patchPost({ id: post.id, message: 'x' }))).status_code).toBe(403)
})
step('a reaction is added, seen and taken back', async () => {
  world.mina.socket.clear()
  await world.jun.api.addReaction(world.jun.id, post.id, 'tada')
  const { data } = await world.mina.socket.heard('reaction_added')
  expect(JSON.parse(data.reaction)).toMatchObject({ user_id: world.jun.id, emoji_name: 'tada', post_id: post.id })
  expect(await world.mina.api.getReactionsForPost(post.id)).toHaveLength(1)
  expect((await world.mina.api.getPost(post.id)).metadata.reactions).toHaveLength(1)
  await world.jun.api.removeReaction(world.jun.id, post.id, 'tada')
  await world.mina.socket.heard('reaction_removed')
  expect((await world.mina.api.getPost(post.id)).has_reactions ?? false).toBe(false)
})
step('nobody reacts in the name of others', async () => {
  expect((await refusal(world.jun.api.addReaction(world.mina.id, post.id, 'tada'))).status_code).toBe(403)
})
step('a post is pinned and unpinned', async () => {
  world.mina.socket.clear()
  await world.jun.api.pinPost(post.id)
  await world.mina.socket.heard('post_edited', (one) => JSON.parse(one.data.post).is_pinned)
  expect((await world.mina.api.getPinnedPosts(channel.id)).order).toEqual([post.id])
  await world.jun.api.unpinPost(post.id)
  expect((await world.mina.api.getPinnedPosts(channel.id)).order).toEqual([])
})
step('a post is saved for later', async () => {
  const saved = { user_id: world.jun.id, category: 'flagged_post', name: post.id, value: 'true' }
  await world.jun.api.savePreferences(world.jun.id, [saved])
  expect((await world.jun.api.getFlaggedPosts(world.jun.id, '', world.team.id)).order).toEqual([post.id])
  await world.jun.api.deletePreferences(world.jun.id, [saved])
  expect((await world.jun.api.getFlaggedPosts(world.jun.id)).order).toEqual([])
})
step('looking at a channel makes it read', async () => {
  world.jun.socket.clear()
  const view = await world.jun.api.viewMyChannel(channel.id)
  expect(view).toMatchObject({ status: 'OK', last_viewed_at_times: { [channel.id]: expect.any(Number) } })
  await world.jun.socket.heard('multiple_channels_viewed', (one) => channel.id in one.data.channel_times)
  const [member, { total_msg_count }] = [await unreadOf('jun'), await world.jun.api.getChannel(channel.id)]
  expect([member.msg_count, member.mention_count]).toEqual([total_msg_count, 0])
})
step('a mention by name counts and is told to the mentioned alone', async () => {
  world.jun.socket.clear()
  world.mina.socket.clear()
  const { id } = await say(world.mina, channel, '@jun 보세요')
  const mine = (one: Json) => JSON.parse(one.data.post).id === id
  expect((await world.jun.socket.heard('posted', mine)).data.mentions).toBe(JSON.stringify([world.jun.id]))
  expect((await world.mina.socket.heard('posted', mine)).data.mentions).toBeUndefined()
  expect((await unreadOf('jun')).mention_count).toBe(1)
})
step('a Korean keyword is found inside a word with a particle', async () => {
  await world.mina.api.viewMyChannel(channel.id)
  await say(world.jun, channel, '이건 미나야가 볼 글')
  expect((await unreadOf('mina')).mention_count).toBe(1)
})
step('a user name with a Korean particle is still a mention', async () => {
  await world.mina.api.viewMyChannel(channel.id)
  await say(world.jun, channel, '@mina님 확인해 주세요')
  expect((await unreadOf('mina')).mention_count).toBe(1)
})
step('everybody is called with @all', async () => {
  await world.jun.api.viewMyChannel(channel.id)
  await say(world.mina, channel, '@all 모이세요')
  expect((await unreadOf('jun')).mention_count).toBe(1)
})
step('a channel is made unread from a post on', async () => {
  await world.jun.api.viewMyChannel(channel.id)
  world.jun.socket.clear()
  const unread = await world.jun.api.markPostAsUnread(world.jun.id, post.id)
  expect(unread.channel_id).toBe(channel.id)
  const { data } = await world.jun.socket.heard('post_unread')
  expect(data.post_id).toBe(post.id)
  expect((await world.jun.api.getPostsUnread(channel.id, world.jun.id)).order).toContain(post.id)
})
step('several channels are marked read at once', async () => {
  const answer = await world.jun.api.readMultipleChannels([channel.id, world.townSquare.id])
  expect(sorted(Object.keys(answer.last_viewed_at_times))).toEqual(sorted([channel.id, world.townSquare.id]))
})
step('posts come in pages, and before, after and since a point', async () => {
  const { api } = world.jun
  const middle = await say(world.jun, channel, 'the middle')
  const last = await say(world.jun, channel, 'the end')
  expect((await api.getPosts(channel.id, 0, 2)).order).toEqual([last.id, middle.id])
  expect((await api.getPostsBefore(channel.id, last.id, 0, 1)).order).toEqual([middle.id])
  expect((await api.getPostsAfter(channel.id, middle.id, 0, 1)).order).toEqual([last.id])
  expect((await api.getPostsSince(channel.id, last.create_at - 1)).order).toContain(last.id)
})
step('posts are fetched by ids, and a link tells where a post is', async () => {
  expect((await world.jun.api.getPostsByIds([post.id])).map((one: Json) => one.id)).toEqual([post.id])
  expect(await world.jun.api.getPostInfo(post.id)).toMatchObject({ channel_id: channel.id, team_id: world.team.id })
})
step('a link to a post shows the post', async () => {
  const quote = await say(world.jun, channel, `http://chat.example.com/galaxy/pl/${post.id}`)
  const [embed] = (await world.jun.api.getPost(quote.id)).metadata.embeds
  expect(embed).toMatchObject({ type: 'permalink', data: { post_id: post.id, channel_id: channel.id } })
})
step('an important post asks to be confirmed, and is', async () => {
  const metadata = { priority: { priority: 'important', requested_ack: true } }
  const asked = await say(world.mina, channel, '확인 부탁', { metadata })
  expect(asked.metadata.priority).toMatchObject({ priority: 'important', requested_ack: true })
  world.mina.socket.clear()
  expect((await world.jun.api.acknowledgePost(asked.id, world.jun.id)).acknowledged_at).toBeGreaterThan(0)
  await world.mina.socket.heard('post_acknowledgement_added')
  await world.jun.api.unacknowledgePost(asked.id, world.jun.id)
  await world.mina.socket.heard('post_acknowledgement_removed')
})
step('a reminder is set', async () => {
  const later = Math.floor(Date.now() / 1000) + 3600
  world.jun.socket.clear()
  expect(await world.jun.api.addPostReminder(world.jun.id, post.id, later)).toEqual({ status: 'OK' })
  await world.jun.socket.heard('ephemeral_message')
})
step('the administrator says something to one person only', async () => {
  world.jun.socket.clear()
  const whisper = { channel_id: channel.id, message: 'only you see this' }
  await world.admin.api.createPostEphemeral(world.jun.id, whisper)
  const { data } = await world.jun.socket.heard('ephemeral_message')
  expect(JSON.parse(data.post)).toMatchObject({ message: 'only you see this', type: 'system_ephemeral' })
})
step('a post is deleted for everybody', async () => {
  world.jun.socket.clear()
  expect(await world.mina.api.deletePost(post.id)).toEqual({ status: 'OK' })
  const { data } = await world.jun.socket.heard('post_deleted')
  expect(JSON.parse(data.post).id).toBe(post.id)
  expect((await refusal(world.jun.api.getPost(post.id))).status_code).toBe(404)
})
