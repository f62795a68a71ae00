import type { FileInfo } from '@mattermost/types/files'
import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { needUsers } from '../../store/change.ts'
import type { ServerPost } from '../../store/entities.ts'
import { receivedPosts } from '../../store/load-posts.ts'
import type { Id } from '../../store/state.ts'
import type { Page } from './use-pages.ts'

/** The server's own page size; a shorter page is the last. */
export const PER_PAGE = 60

export interface SearchRequest {
  readonly terms: string
  /** '' for all my teams */
  readonly teamId: Id
  /** one of the terms is enough */
  readonly anyTerm?: boolean
  /** seconds east of UTC */
  readonly zoneOffset: number
}

const bodyOf = ({ terms, anyTerm = false, zoneOffset }: SearchRequest, page: number) => ({
  terms,
  is_or_search: anyTerm,
  include_deleted_channels: getState().config['ExperimentalViewArchivedChannels'] === 'true',
  time_zone_offset: zoneOffset,
  page,
  per_page: PER_PAGE,
})

interface List {
  readonly order: readonly Id[]
  readonly posts: Readonly<Record<Id, ServerPost>>
}

/** Puts the posts of an answer into the state and answers with their ids. */
export function takePosts({ order, posts }: List): readonly Id[] {
  const all = Object.values(posts ?? {})
  update((state) => needUsers(receivedPosts(state, all), ...all.map((post) => post.user_id)))
  return order
}

/** A page of the posts that fit, newest first. */
export async function findPosts(request: SearchRequest, page: number): Promise<Page<Id>> {
  const list = await api.searchPostsWithParams(request.teamId, bodyOf(request, page))
  return { items: takePosts(list), last: list.order.length < PER_PAGE }
}

/** A page of the files that fit, newest first. */
export async function findFiles(request: SearchRequest, page: number): Promise<Page<FileInfo>> {
  const list = await api.searchFilesWithParams(request.teamId, bodyOf(request, page))
  const infos = list.file_infos as unknown as Readonly<Record<Id, FileInfo>>
  const files = list.order.flatMap((id) => infos[id] ?? [])
  update((state) => needUsers(state, ...files.map((file) => file.user_id)))
  return { items: files, last: list.order.length < PER_PAGE }
}
