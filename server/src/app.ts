import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type pg from 'pg'
import { Access } from './access/access.ts'
import { findMemberships } from './access/memberships.store.ts'
import { Background } from './background.ts'
import { ViewWriter } from './channels/view-writer.ts'
import { ClientSettings } from './config/client-settings.ts'
import type { ConfigStore } from './config/config-store.ts'
import type { Database, Queries } from './database/pool.ts'
import { createUnitOfWork } from './database/unit-of-work.ts'
import type { UnitOfWork } from './database/unit-of-work.ts'
import { DraftPlaces } from './drafts/draft-places.ts'
import type { FileStorage } from './files/file-storage.ts'
import { createImages } from './files/images.ts'
import type { Images } from './files/images.ts'
import { followConfig } from './follow-config.ts'
import { buildHttpServer } from './http/server.ts'
import { sitePath } from './http/site-path.ts'
import { tlsOf } from './http/tls.ts'
import { WEB_FOLDER } from './http/web-client.ts'
import { cookieScope } from './http/session-cookies.ts'
import { Audiences } from './notifications/audiences.ts'
import { PageAnchors } from './posts/page-anchors.ts'
import { PendingPosts } from './posts/pending-posts.ts'
import { PostWriter } from './posts/post-writer.ts'
import { RecentPosts } from './posts/recent-posts.ts'
import { createLinkPreviews } from './previews/link-metadata.ts'
import type { LinkPreviews } from './previews/link-metadata.ts'
import { linkMetadataStore } from './previews/link-metadata.store.ts'
import { previewSettings } from './previews/preview-settings.ts'
import { PostIndexer } from './search/post-indexer.ts'
import { Delivery } from './realtime/delivery.ts'
import { RealtimeEndpoint } from './realtime/endpoint.ts'
import { Hub } from './realtime/hub.ts'
import { routes, socketActions } from './routes.ts'
import { Sessions } from './sessions/sessions.ts'
import { Statuses } from './statuses/statuses.ts'
import { ServerBusy } from './system/server-busy.ts'
import { NameCompletions } from './users/name-completions.ts'
import { VERSION } from './version.ts'

/**
 * Everything the server is made of, built once by `createApp`. A function asks for the parts it uses:
 * `createPost(app: Pick<App, 'access' | 'postWriter'>, …)`.
 */
export interface App {
  readonly config: ConfigStore
  readonly log: Logger
  readonly pool: pg.Pool
  /** for reading; writing goes through unitOfWork */
  readonly db: Queries
  readonly unitOfWork: UnitOfWork
  readonly access: Access
  readonly sessions: Sessions
  readonly clientSettings: ClientSettings
  readonly delivery: Delivery
  readonly hub: Hub
  readonly files: FileStorage
  readonly images: Images
  readonly statuses: Statuses
  readonly audiences: Audiences
  readonly postWriter: PostWriter
  readonly viewWriter: ViewWriter
  readonly previews: LinkPreviews
  readonly indexer: PostIndexer
  readonly pendingPosts: PendingPosts
  readonly draftPlaces: DraftPlaces
  readonly nameCompletions: NameCompletions
  readonly pageAnchors: PageAnchors
  readonly recentPosts: RecentPosts
  readonly serverBusy: ServerBusy
  readonly host: Host
  /** lets work go on after the answer; a failure is logged, and `close` waits for it */
  background(work: Promise<unknown>): void
  /** ends what runs in the background; the database is still open */
  close(): Promise<void>
}

/** The process that the app runs in. */
export interface Host {
  /** path of the log, undefined when none is written to a file */
  readonly logFile: string | undefined
  /** ends everything in order, then begins anew; requests under way are still answered */
  restart(): void
}

export interface AppParts {
  readonly config: ConfigStore
  readonly database: Database
  readonly files: FileStorage
  readonly log: Logger
  readonly host: Host
}

/** Builds the app on an open, migrated database. Nothing listens yet. */
export async function createApp({ config, database, files, log, host }: AppParts): Promise<App> {
  const onError = (error: unknown) => log.error({ err: error }, 'a delivery failed')
  const { db, pool } = database
  const access = new Access(db)
  await access.load()
  const sessions = new Sessions({ db, access, config })
  const clientSettings = await ClientSettings.load(db, config, VERSION)
  const hub = createHub(db, access, sessions, clientSettings)
  const delivery = new Delivery((event) => hub.send(event), onError)
  const unitOfWork = createUnitOfWork(db, (changes, events) => delivery.deliver(changes, events), onError)
  const statuses = new Statuses({ db, unitOfWork, config, hub, onError })
  await statuses.start()
  const audiences = new Audiences({ db, config, access, statuses })
  const caches = createCaches({ db, access, config })
  const store = linkMetadataStore(db)
  const previews = createLinkPreviews({ settings: () => previewSettings(config.get()), store, onError })
  const indexer = new PostIndexer({ pool, log })
  indexer.start()
  // In this order: rights first, because the hub asks for them.
  for (const part of [access, sessions, clientSettings, audiences, ...Object.values(caches), hub, indexer]) {
    delivery.onChange((change) => part.apply(change))
  }
  const background = new Background(onError)
  const app: App = {
    config,
    log,
    pool,
    db,
    unitOfWork,
    access,
    sessions,
    clientSettings,
    delivery,
    hub,
    files,
    images: imagesOf(config),
    statuses,
    audiences,
    postWriter: new PostWriter(unitOfWork),
    viewWriter: new ViewWriter(unitOfWork),
    previews,
    indexer,
    pendingPosts: new PendingPosts(),
    ...caches,
    pageAnchors: new PageAnchors(),
    serverBusy: new ServerBusy(),
    host,
    background: (work) => background.add(work),
    close: async () => {
      await background.settled()
      await indexer.stop()
      await statuses.stop()
    },
  }
  followConfig(app)
  return app
}

/** What is remembered of answers; each follows the changes by itself. */
function createCaches(parts: Pick<App, 'db' | 'access' | 'config'>) {
  return {
    draftPlaces: new DraftPlaces(parts.db),
    nameCompletions: new NameCompletions(),
    recentPosts: new RecentPosts(parts),
  }
}

function imagesOf(config: ConfigStore): Images {
  return createImages({
    maxPixels: () => config.get().FileSettings.MaxImageResolution,
    concurrency: config.get().FileSettings.MaxImageDecoderConcurrency,
  })
}

function createHub(db: Queries, access: Access, sessions: Sessions, clientSettings: ClientSettings): Hub {
  return new Hub({
    memberships: (userId) => findMemberships(db, userId),
    currentSession: (token) => sessions.resolve(token),
    canReadChannel: (session, channelId) => access.canReadChannel(session, channelId),
    canSeeUser: (session, userId) => access.canSeeUser(session, userId),
    serverVersion: () => clientSettings.versionId(),
  })
}

/** The HTTP server of an app with all its routes; `local` makes the one for the administrator's socket. */
export function createHttp(app: App, local = false): FastifyInstance {
  const basePath = sitePath(app.config.get().ServiceSettings.SiteURL)
  return buildHttpServer(
    {
      config: app.config,
      access: app.access,
      auth: {
        resolve: (token) => app.sessions.resolve(token),
        strictCsrf: () => app.config.get().ServiceSettings.ExperimentalStrictCSRFEnforcement,
        cookieScope: () => cookieScope(app.config.get().ServiceSettings),
      },
      log: app.log,
      versionId: () => app.clientSettings.versionId(),
      isBusy: () => app.serverBusy.isBusy,
      basePath,
      ...(!local && {
        tls: tlsOf(app.config.get().ServiceSettings),
        web: { folder: WEB_FOLDER, basePath, frameAncestors: () => app.config.get().ServiceSettings.FrameAncestors },
      }),
      local,
    },
    routes(app),
  )
}

/** The WebSocket endpoint on a running HTTP server. */
export function createRealtime(app: App, http: FastifyInstance): RealtimeEndpoint {
  return new RealtimeEndpoint(http.server, {
    hub: app.hub,
    actions: socketActions(app),
    presence: app.statuses,
    session: (token) => app.sessions.resolve(token),
    originSettings: () => {
      const { SiteURL, AllowCorsFrom } = app.config.get().ServiceSettings
      return { siteUrl: SiteURL, allowCorsFrom: AllowCorsFrom }
    },
    onUnexpected: (error) => app.log.error({ err: error, host: hostname() }, 'a socket request failed'),
    basePath: sitePath(app.config.get().ServiceSettings.SiteURL),
  })
}
