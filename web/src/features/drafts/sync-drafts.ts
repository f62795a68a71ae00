import { isUnreachable, reader, request } from '../../client/api.ts'
import { useConnection } from '../../client/live.ts'
import { preference } from '../../client/preferences.ts'
import { getState, update, useStore } from '../../client/store.ts'
import { put, without } from '../../store/change.ts'
import type { Draft } from '../../store/entities.ts'
import { isEmpty, sentFields } from './content.ts'
import { dropLocal, loadLocalDrafts, localDraft, putLocal, storeLocalDrafts, useLocalDrafts } from './local-drafts.ts'
import type { LocalDraft } from './local-drafts.ts'

/** ms of rest before a draft goes to the server: one request for a sentence, not for a letter. */
const REST = 1_500

/** ms until a request that did not reach the server is repeated, where no new connection tells when. */
const AGAIN = 15_000

const timers = new Map<string, ReturnType<typeof setTimeout>>()
/** Keys whose request is under way; true when it has to be repeated with what was written meanwhile. */
const busy = new Map<string, boolean>()

/** Whether drafts are kept on the server: its setting, and mine. */
export const syncsDrafts = (): boolean =>
  getState().config['AllowSyncedDrafts'] === 'true' &&
  preference('advanced_settings', 'sync_drafts', 'true') !== 'false'

/** Whether the server may be about to have a draft of this place. */
export const isSyncing = (key: string): boolean => busy.has(key)

/** Sends a draft to the server after a moment of rest. */
export function syncSoon(key: string): void {
  clearTimeout(timers.get(key))
  timers.set(key, setTimeout(syncNow, REST, key))
}

/** Sends a draft to the server, if it differs from what is there. */
export function syncNow(key: string): void {
  clearTimeout(timers.get(key))
  timers.delete(key)
  if (busy.has(key)) busy.set(key, true)
  else void push(key)
}

async function push(key: string): Promise<void> {
  const draft = localDraft(key)
  if (!draft) return
  show(key, draft)
  if (!syncsDrafts() || (isEmpty(draft) && draft.base === 0)) {
    if (isEmpty(draft)) dropLocal(key)
    return
  }
  busy.set(key, false)
  try {
    settle(key, draft, await save(draft))
  } catch (error) {
    if (isUnreachable(error)) timers.set(key, setTimeout(syncNow, AGAIN, key))
    // Refused for good (an archived channel, a text too long): it stays on this device, where its author finds it.
    else if (isEmpty(draft)) dropLocal(key)
  } finally {
    const again = busy.get(key)
    busy.delete(key)
    if (again) void push(key)
  }
}

async function save(draft: LocalDraft): Promise<Draft | undefined> {
  const { channelId, rootId } = draft
  if (!isEmpty(draft)) {
    const body = { channel_id: channelId, root_id: rootId, ...sentFields(draft) }
    return request<Draft>('POST', '/drafts', body)
  }
  await request('DELETE', `/users/me/channels/${channelId}/drafts${rootId && `/${rootId}`}`)
  return undefined
}

/** The server has the draft: what it says stands, unless it was written on meanwhile. */
function settle(key: string, sent: LocalDraft, saved: Draft | undefined): void {
  const now = localDraft(key)
  const kept = saved && saved.delete_at === 0 ? saved : undefined
  if (now && now !== sent) return putLocal(key, { ...now, base: kept?.update_at ?? 0 })
  dropLocal(key)
  update((state) => ({ ...state, drafts: kept ? put(state.drafts, key, kept) : without(state.drafts, key) }))
}

/** Lists and the sidebar show what is written here before the server knows it. */
function show(key: string, draft: LocalDraft): void {
  const shown = getState().drafts[key]
  if (isEmpty(draft)) {
    if (shown) update((state) => ({ ...state, drafts: without(state.drafts, key) }))
  } else if (shown?.update_at !== draft.at) {
    update((state) => ({ ...state, drafts: put(state.drafts, key, asDraft(draft)) }))
  }
}

function asDraft(draft: LocalDraft): Draft {
  const times = { create_at: draft.at, update_at: draft.at, delete_at: 0 }
  const place = { user_id: getState().me, channel_id: draft.channelId, root_id: draft.rootId }
  return { ...times, ...place, ...sentFields(draft), metadata: { files: draft.files } as Draft['metadata'] } as Draft
}

/** The server told of drafts: the newer one of each place stays. */
function compare(): void {
  const { drafts } = getState()
  for (const [key, local] of Object.entries(useLocalDrafts.getState().drafts)) {
    const known = drafts[key]
    if (known && known.update_at > Math.max(local.at, local.base)) dropLocal(key)
    else show(key, local)
  }
}

/** Sends what was written while the server was away. It is asked first: another device may have written something newer. */
async function pushAll(): Promise<void> {
  const waiting = Object.values(useLocalDrafts.getState().drafts)
  if (waiting.length === 0 || !syncsDrafts()) return
  const { channels, teams } = getState()
  const anyTeam = Object.keys(teams)[0] ?? ''
  const teamIds = new Set(waiting.map(({ channelId }) => channels[channelId]?.team_id || anyTeam))
  try {
    for (const teamId of teamIds) update(await reader.key(`drafts:${teamId}`))
    Object.keys(useLocalDrafts.getState().drafts).forEach(syncNow)
  } catch {
    // Not reached after all: the next connection tries again.
  }
}

let startedFor = ''

/** Brings back what an earlier page left, and keeps this device and the server alike from now on. Once a person. */
export function startDrafts(): void {
  const { me } = getState()
  if (!me || startedFor === me) return
  startedFor = me
  loadLocalDrafts()
  compare()
  useStore.subscribe((state, before) => {
    if (state.drafts !== before.drafts) compare()
  })
  useConnection.subscribe(({ state }, before) => {
    if (state === 'open' && before.state !== 'open') void pushAll()
  })
  if (useConnection.getState().state === 'open') void pushAll()
  window.addEventListener('pagehide', storeLocalDrafts)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') storeLocalDrafts()
  })
}
