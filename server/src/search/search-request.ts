import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { parseQuery } from './parse-query.ts'
import type { SearchOptions } from './search-posts.ts'

/** What a client asks for; page sizes are bounded where they are used. */
export interface SearchRequest {
  readonly terms: string
  readonly is_or_search?: boolean | null
  readonly time_zone_offset?: number | null
  readonly include_deleted_channels?: boolean | null
  readonly page?: number | null
  readonly per_page?: number | null
}

/** A request in the terms of the search engine; the scope is always the caller's own channels. */
export function searchOptions(
  app: Pick<App, 'config'>,
  session: Session,
  request: SearchRequest,
  teamId?: string,
): SearchOptions {
  const archived = app.config.get().TeamSettings.ExperimentalViewArchivedChannels
  return {
    userId: session.userId,
    teamId,
    includeDeletedChannels: archived && (request.include_deleted_channels ?? false),
    query: parseQuery(request.terms, {
      isOrSearch: request.is_or_search ?? false,
      timeZoneOffset: request.time_zone_offset ?? 0,
    }),
    page: request.page ?? 0,
    perPage: request.per_page ?? 60,
  }
}
