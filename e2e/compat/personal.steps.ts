import { expect, makeChannel, say, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** What belongs to one person: presence, settings, sidebar, drafts, posts for later. */
theme('personal')

let channel: Json
let category: Json
const HOUR = 3_600_000
const me = () => world.jun.id

step('who has a browser open is online', async () => {
  const statuses = await world.mina.api.getStatusesByIds([me(), world.admin.id])
  expect(statuses.map((one: Json) => one.status)).toEqual(['online', 'online'])
})
step('do not disturb is set and told to own browsers only', async () => {
  world.jun.socket.clear()
  world.mina.socket.clear()
  const end = Math.floor((Date.now() + HOUR) / 1000)
  const status = await world.jun.api.updateStatus({ user_id: me(), status: 'dnd', dnd_end_time: end })
  expect(status).toMatchObject({ status: 'dnd', manual: true })
  await world.jun.socket.heard('status_change', (one) => one.data.status === 'dnd')
  await world.mina.socket.settle()
  expect(world.mina.socket.named('status_change')).toEqual([])
  expect((await world.mina.api.getStatus(me())).status).toBe('dnd')
  await world.jun.api.updateStatus({ user_id: me(), status: 'online' })
})
step('a custom status is shown with the person', async () => {
  world.mina.socket.clear()
  const expires_at = new Date(Date.now() + HOUR).toISOString()
  await world.jun.api.updateCustomStatus({ emoji: 'coffee', text: '커피 한 잔', duration: 'one_hour', expires_at })
  await world.mina.socket.heard('user_updated', (one) => one.data.user.id === me())
  const { props } = await world.mina.api.getUser(me())
  expect(JSON.parse(props.customStatus)).toMatchObject({ emoji: 'coffee', text: '커피 한 잔' })
})
step('a custom status used before is offered again until it is forgotten', async () => {
  const recent = async () => {
    const settings = await world.jun.api.getMyPreferences()
    const kept = settings.find((one: Json) => one.name === 'recent_custom_statuses')
    return JSON.parse(kept?.value ?? '[]')
  }
  const [status] = await recent()
  expect(status).toMatchObject({ emoji: 'coffee', text: '커피 한 잔' })
  await world.jun.api.removeRecentCustomStatus(status)
  expect(await recent()).toEqual([])
})
step('a custom status is taken off', async () => {
  await world.jun.api.unsetCustomStatus()
  expect((await world.mina.api.getUser(me())).props.customStatus ?? '').toBe('')
})
step('settings are saved and told to other browsers of the person', async () => {
  world.jun.socket.clear()
  const setting = { user_id: me(), category: 'display_settings', name: 'use_military_time', value: 'true' }
  expect(await world.jun.api.savePreferences(me(), [setting])).toEqual({ status: 'OK' })
  const { data } = await world.jun.socket.heard('preferences_changed')
  expect(JSON.parse(data.preferences)).toEqual([setting])
  expect(await world.jun.api.getMyPreferences()).toContainEqual(setting)
})
step('settings are deleted', async () => {
  world.jun.socket.clear()
  const setting = { user_id: me(), category: 'display_settings', name: 'use_military_time' }
  await world.jun.api.deletePreferences(me(), [setting])
  await world.jun.socket.heard('preferences_deleted')
})
step('the sidebar starts with favourites, channels and direct messages', async () => {
  const { categories, order } = await world.jun.api.getChannelCategories(me(), world.team.id)
  expect(categories.map((one: Json) => one.type)).toEqual(['favorites', 'channels', 'direct_messages'])
  expect(order).toEqual(categories.map((one: Json) => one.id))
})
step('an own category takes a channel', async () => {
  channel = await makeChannel(world.jun, 'orbit')
  world.jun.socket.clear()
  const wanted = { user_id: me(), team_id: world.team.id, display_name: '내 채널', channel_ids: [channel.id] }
  category = await world.jun.api.createChannelCategory(me(), world.team.id, wanted)
  expect(category).toMatchObject({ display_name: '내 채널', type: 'custom', channel_ids: [channel.id] })
  await world.jun.socket.heard('sidebar_category_created', (one) => one.data.category_id === category.id)
})
step('categories are changed and put in order', async () => {
  const { api } = world.jun
  const changed = { ...category, display_name: '궤도', sorting: 'alpha', muted: true, collapsed: true }
  const [answer] = await api.updateChannelCategories(me(), world.team.id, [changed])
  expect(answer).toMatchObject({ display_name: '궤도', sorting: 'alpha', muted: true, collapsed: true })
  const order = await api.getChannelCategoryOrder(me(), world.team.id)
  const turned = order.toReversed()
  expect(await api.updateChannelCategoryOrder(me(), world.team.id, turned)).toEqual(turned)
  expect((await api.getChannelCategories(me(), world.team.id)).order).toEqual(turned)
})
step('a deleted category gives its channels back', async () => {
  await world.jun.api.deleteChannelCategory(me(), world.team.id, category.id)
  const { categories } = await world.jun.api.getChannelCategories(me(), world.team.id)
  const channels = categories.find((one: Json) => one.type === 'channels')
  expect(channels.channel_ids).toContain(channel.id)
})
step('a draft is kept and told to the other browsers, not to its own', async () => {
  world.jun.socket.clear()
  const draft = { user_id: me(), channel_id: channel.id, root_id: '', message: '쓰다 만 글', props: {}, file_ids: [] }
  const stored = await world.jun.api.upsertDraft(draft, '')
  expect(stored.message).toBe('쓰다 만 글')
  const { data } = await world.jun.socket.heard('draft_created')
  expect(JSON.parse(data.draft).message).toBe('쓰다 만 글')
  world.jun.socket.clear()
  await world.jun.api.upsertDraft({ ...draft, message: '더 쓴 글' }, world.jun.socket.connectionId)
  await world.jun.socket.settle()
  expect(world.jun.socket.named('draft_created')).toEqual([])
  const drafts = await world.jun.api.getUserDrafts(world.team.id)
  expect(drafts.map((one: Json) => one.message)).toEqual(['더 쓴 글'])
})
step('a draft is thrown away', async () => {
  await world.jun.api.deleteDraft(channel.id, '', '')
  expect(await world.jun.api.getUserDrafts(world.team.id)).toEqual([])
})
step('a post is scheduled, changed and given up', async () => {
  const { api } = world.jun
  const wanted = { user_id: me(), channel_id: channel.id, message: '내일 아침', scheduled_at: Date.now() + HOUR }
  world.jun.socket.clear()
  const { data: made } = await api.createScheduledPost({ ...wanted, root_id: '', priority: {} }, '')
  expect(made).toMatchObject({ message: '내일 아침', channel_id: channel.id })
  await world.jun.socket.heard('scheduled_post_created')
  const { data: listed } = await api.getScheduledPosts(world.team.id, true)
  expect(listed[world.team.id].map((one: Json) => one.id)).toEqual([made.id])
  const { data: changed } = await api.updateScheduledPost({ ...made, message: '모레 아침' }, '')
  expect(changed.message).toBe('모레 아침')
  expect((await api.deleteScheduledPost(me(), made.id, '')).data.id).toBe(made.id)
  await world.jun.socket.heard('scheduled_post_deleted')
})
step('a channel has bookmarks that are changed, sorted and removed', async () => {
  const { api } = world.jun
  const link = { type: 'link', display_name: '문서', link_url: 'https://example.com/docs', emoji: 'book' }
  world.jun.socket.clear()
  const first = await api.createChannelBookmark(channel.id, link, '')
  expect(first).toMatchObject({ display_name: '문서', type: 'link', channel_id: channel.id })
  await world.jun.socket.heard('channel_bookmark_created')
  const second = await api.createChannelBookmark(channel.id, { ...link, display_name: '둘째' }, '')
  const { updated } = await api.updateChannelBookmark(channel.id, first.id, { display_name: '새 문서' }, '')
  expect(updated.display_name).toBe('새 문서')
  await api.updateChannelBookmarkSortOrder(channel.id, second.id, 0, '')
  await world.jun.socket.heard('channel_bookmark_sorted')
  const names = (await api.getChannelBookmarks(channel.id)).toSorted((a: Json, b: Json) => a.sort_order - b.sort_order)
  expect(names.map((one: Json) => one.display_name)).toEqual(['둘째', '새 문서'])
  await api.deleteChannelBookmark(channel.id, first.id, '')
  await world.jun.socket.heard('channel_bookmark_deleted')
})
step('the unread counter of a team follows its channels', async () => {
  await world.jun.api.addToChannel(world.mina.id, channel.id)
  await world.mina.api.viewMyChannel(channel.id)
  const unread = async () => (await world.mina.api.getMyTeamUnreads(true))[0].mention_count_root
  const before = await unread()
  await say(world.jun, channel, '@mina 여기요')
  expect((await unread()) - before).toBe(1)
})
