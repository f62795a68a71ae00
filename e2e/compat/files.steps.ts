import { expect, makeChannel, refusal, say, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'
import { picture } from './teams.steps.ts'

/** Files, custom emoji and search. */
theme('files')

let channel: Json
let info: Json
let post: Json
const upload = (file: File, clientId = 'c1') => {
  const form = new FormData()
  form.append('channel_id', channel.id)
  form.append('client_ids', clientId)
  form.append('files', file, file.name)
  return world.mina.api.uploadFile(form)
}
const load = (url: string) => fetch(url, { headers: { Authorization: `Bearer ${world.mina.api.getToken()}` } })

step('a picture is uploaded and measured', async () => {
  channel = await makeChannel(world.mina, 'gallery', [world.jun])
  const answer = await upload(picture('별 사진.png'))
  info = answer.file_infos[0]
  expect(answer.client_ids).toEqual(['c1'])
  expect(info).toMatchObject({ name: '별 사진.png', extension: 'png', width: 1, height: 1, has_preview_image: true })
})
step('nobody else sees a file before it is posted', async () => {
  const response = await fetch(world.mina.api.getFileUrl(info.id, 0), { headers: world.jun.api.defaultHeaders })
  expect(response.status).toBe(403)
  expect((await refusal(world.jun.api.getFilePublicLink(info.id))).status_code).toBe(403)
})
step('a post carries the file', async () => {
  world.jun.socket.clear()
  post = await say(world.mina, channel, '사진입니다', { file_ids: [info.id] })
  expect(post.metadata.files.map((one: Json) => one.id)).toEqual([info.id])
  expect((await world.jun.socket.heard('posted')).data).toMatchObject({ image: 'true', otherFile: 'true' })
  const infos = await world.jun.api.getFileInfosForPost(post.id)
  expect(infos[0]).toMatchObject({ id: info.id, post_id: post.id, channel_id: channel.id })
})
step('the file is loaded with its Korean name', async () => {
  const response = await load(world.mina.api.getFileUrl(info.id, 0))
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('별 사진.png'))
})
step('there are a thumbnail and a preview', async () => {
  const { api } = world.mina
  for (const url of [api.getFileThumbnailUrl(info.id, 0), api.getFilePreviewUrl(info.id, 0)]) {
    const response = await load(url)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image\//)])
  }
})
step('a public link works without a session', async () => {
  const { link } = await world.mina.api.getFilePublicLink(info.id)
  const response = await fetch(link.replace('http://chat.example.com', world.server.url))
  expect(response.status).toBe(200)
})
step('the number of files of a channel is counted', async () => {
  expect((await world.mina.api.getChannelStats(channel.id, true)).files_count).toBe(1)
})
step('files are found by Korean name and by kind', async () => {
  const { api } = world.mina
  expect((await api.searchFiles(world.team.id, '사진', false)).order).toEqual([info.id])
  expect((await api.searchFiles(world.team.id, 'ext:png', false)).order).toEqual([info.id])
  expect((await api.searchFiles(world.team.id, '없는파일', false)).order).toEqual([])
})
step('a custom emoji is made and everybody hears of it', async () => {
  world.jun.socket.clear()
  const emoji = await world.mina.api.createCustomEmoji({ name: 'galaxy', creator_id: world.mina.id }, picture())
  const { data } = await world.jun.socket.heard('emoji_added')
  expect(JSON.parse(data.emoji)).toMatchObject({ id: emoji.id, name: 'galaxy' })
  expect((await load(world.mina.api.getCustomEmojiImageUrl(emoji.id))).headers.get('content-type')).toMatch(/^image\//)
})
step('a custom emoji is found by name, in lists, by search and completion', async () => {
  const { api } = world.jun
  const found = [await api.getCustomEmojiByName('galaxy'), ...(await api.getCustomEmojis(0, 10, 'name'))]
  found.push(...(await api.searchCustomEmoji('gala')), ...(await api.autocompleteCustomEmoji('gal')))
  found.push(...(await api.getCustomEmojisByNames(['galaxy', 'smile'])))
  expect(found.map((one) => one.name)).toEqual(['galaxy', 'galaxy', 'galaxy', 'galaxy', 'galaxy'])
})
step('a custom emoji is used as a reaction', async () => {
  await world.jun.api.addReaction(world.jun.id, post.id, 'galaxy')
  const { metadata } = await world.mina.api.getPost(post.id)
  expect(metadata.emojis.map((one: Json) => one.name)).toEqual(['galaxy'])
})
step('only the maker or an administrator deletes an emoji', async () => {
  const { id } = await world.jun.api.getCustomEmojiByName('galaxy')
  expect((await refusal(world.jun.api.deleteCustomEmoji(id))).status_code).toBe(403)
  expect(await world.mina.api.deleteCustomEmoji(id)).toEqual({ status: 'OK' })
})
step('a taken emoji name is refused', async () => {
  await world.mina.api.createCustomEmoji({ name: 'nova', creator_id: world.mina.id }, picture())
  const again = world.jun.api.createCustomEmoji({ name: 'nova', creator_id: world.jun.id }, picture())
  expect((await refusal(again)).server_error_id).toBe('api.emoji.create.duplicate.app_error')
})

const found = async (terms: string, isOr = false): Promise<string[]> => {
  const list = await world.jun.api.searchPosts(world.team.id, terms, isOr)
  return list.order.map((id: string) => list.posts[id].message)
}
step('posts are found by a Korean word inside longer words', async () => {
  await say(world.mina, channel, '안드로메다은하까지의 거리는 얼마일까요')
  await say(world.mina, channel, 'a telescope for #천문학 lovers')
  await expect.poll(() => found('은하까지')).toEqual(['안드로메다은하까지의 거리는 얼마일까요'])
  expect(await found('안드로메다')).toHaveLength(1)
})
step('posts are found by phrase, hashtag, author, channel and one of several words', async () => {
  expect(await found('"telescope for"')).toHaveLength(1)
  expect(await found('#천문학')).toHaveLength(1)
  expect(await found('telescope from:mina in:gallery')).toHaveLength(1)
  expect(await found('telescope from:jun')).toEqual([])
  expect(await found('telescope 안드로메다', true)).toHaveLength(2)
  expect(await found('telescope -lovers')).toEqual([])
})
step('nobody finds what he may not read', async () => {
  const secret = await makeChannel(world.mina, 'hidden', [], { type: 'P' })
  await say(world.mina, secret, 'supernova secret')
  const own = async () => (await world.mina.api.searchPosts(world.team.id, 'supernova', false)).order.length
  await expect.poll(own).toBe(1)
  expect(await found('supernova')).toEqual([])
})
step('posts are searched over all teams, in pages', async () => {
  const params = { terms: 'telescope', is_or_search: false, page: 0, per_page: 20, time_zone_offset: 32_400 }
  expect((await world.jun.api.searchPostsWithParams('', params)).order).toHaveLength(1)
  const files = await world.jun.api.searchFilesWithParams('', { ...params, terms: '사진' })
  expect(files.order).toEqual([info.id])
})
