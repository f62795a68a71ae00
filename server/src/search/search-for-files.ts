import type { App } from '../app.ts'
import type { FileInfo } from '../files/file-info-view.ts'
import { fileInfosByIds } from '../files/file-infos.ts'
import type { Session } from '../sessions/session.ts'
import { findFiles } from './search-files.ts'
import { searchOptions } from './search-request.ts'
import type { SearchRequest } from './search-request.ts'

export interface FileList {
  readonly order: string[]
  readonly file_infos: Record<string, FileInfo>
  readonly next_file_info_id: string
  readonly prev_file_info_id: string
  readonly first_inaccessible_file_time: number
}

/** Files that fit, newest first. */
export async function searchForFiles(
  app: App,
  session: Session,
  request: SearchRequest,
  teamId?: string,
): Promise<FileList> {
  const found = await findFiles({ pool: app.pool, indexer: app.indexer }, searchOptions(app, session, request, teamId))
  const byId = Object.fromEntries(await fileInfosByIds(app.db, found.ids))
  return {
    order: found.ids.filter((id) => byId[id]),
    file_infos: byId,
    next_file_info_id: '',
    prev_file_info_id: '',
    first_inaccessible_file_time: 0,
  }
}
