import { needRoles } from '../store/apply-event.ts'
import * as load from '../store/load.ts'
import { run } from '../store/reader.ts'
import { emptyState } from '../store/state.ts'
import type { Id, State } from '../store/state.ts'
import { reader } from './api.ts'
import { getState, update } from './store.ts'

/** What a visitor may know of the server: its settings and texts. */
export async function loadSite(): Promise<void> {
  const [config, license] = await Promise.all([
    reader.ok('/config/client?format=old'),
    reader.ok('/license/client?format=old'),
  ])
  update((state) => load.receivedLicense(load.receivedConfig(state, config), license))
}

/** Whether this browser holds a session, as far as it can tell: the session itself is a cookie that pages cannot read. */
export const seemsSignedIn = (): boolean => /(?:^|;\s*)MMUSERID=\w/.test(document.cookie)

/** Who I am, my preferences, teams, channels and roles. Rejects with status 401 when the session has ended. */
export async function loadPerson(): Promise<void> {
  const [me, teams, members, ...keys] = await Promise.all([
    reader.ok('/users/me'),
    reader.ok('/users/me/teams'),
    reader.ok('/users/me/teams/members'),
    reader.key('preferences'),
    reader.key('channels'),
    reader.key('groups'),
  ])
  // The settings of somebody signed in are more than a visitor's.
  const config = await reader.ok('/config/client?format=old')
  update((state) =>
    needRoles(
      run(load.receivedConfig(state, config), [
        (now) => load.receivedMe(now, me),
        (now) => load.receivedTeams(now, teams),
        (now) => load.receivedTeamMembers(now, members),
        ...keys,
      ]),
    ),
  )
  await loadRoles()
}

async function loadRoles(): Promise<void> {
  const names = [...getState().stale].flatMap((key) => (key.startsWith('role:') ? [key.slice(5)] : []))
  if (names.length === 0) return
  const step = await reader.roles(names)
  update((state) => ({ ...step(state), stale: new Set([...state.stale].filter((key) => !key.startsWith('role:'))) }))
}

/** Who I am, and nothing else. */
export async function loadMe(): Promise<void> {
  const [me, config] = await Promise.all([reader.ok('/users/me'), reader.ok('/config/client?format=old')])
  update((state) => load.receivedMe(load.receivedConfig(state, config), me))
}

const loadedTeams = new Set<Id>()

/** What the screens of a team show: sidebar, drafts, scheduled posts, numbers of threads. Once a team; events keep it fresh. */
export async function loadTeam(teamId: Id): Promise<void> {
  if (loadedTeams.has(teamId)) return
  loadedTeams.add(teamId)
  try {
    const keys = ['categories', 'drafts', 'scheduled', 'threadCounts'] as const
    const steps = await Promise.all(keys.map((kind) => reader.key(`${kind}:${teamId}`)))
    update((state) => run(state, steps))
  } catch (error) {
    loadedTeams.delete(teamId)
    throw error
  }
}

/** Everything of this person is forgotten; the settings of the server stay. */
export function forgetPerson(): void {
  loadedTeams.clear()
  const { config, license } = getState()
  update((): State => ({ ...emptyState, config, license }))
}
