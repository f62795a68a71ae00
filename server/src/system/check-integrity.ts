import type { App } from '../app.ts'
import { findOrphans } from './system.store.ts'
import type { Relation } from './system.store.ts'

/** References that nothing but the code keeps true (schema-notes of the reference: almost no foreign keys). */
const RELATIONS: readonly Relation[] = [
  { parent: 'teams', child: 'channels', attribute: 'teamid', childId: 'id' },
  { parent: 'channels', child: 'channelmembers', attribute: 'channelid', childId: 'userid' },
  { parent: 'users', child: 'channelmembers', attribute: 'userid', childId: 'channelid' },
  { parent: 'teams', child: 'teammembers', attribute: 'teamid', childId: 'userid' },
  { parent: 'users', child: 'teammembers', attribute: 'userid', childId: 'teamid' },
  { parent: 'channels', child: 'posts', attribute: 'channelid', childId: 'id' },
  { parent: 'users', child: 'posts', attribute: 'userid', childId: 'id' },
  { parent: 'posts', child: 'posts', attribute: 'rootid', childId: 'id' },
  { parent: 'posts', child: 'fileinfo', attribute: 'postid', childId: 'id' },
  { parent: 'posts', child: 'reactions', attribute: 'postid', childId: 'userid' },
  { parent: 'users', child: 'sessions', attribute: 'userid', childId: 'id' },
  { parent: 'users', child: 'preferences', attribute: 'userid', childId: 'name' },
  { parent: 'schemes', child: 'teams', attribute: 'schemeid', childId: 'id' },
  { parent: 'schemes', child: 'channels', attribute: 'schemeid', childId: 'id' },
]

/** Looks for rows whose parent row is gone: one result per relation, with at most 100 records each. */
export async function checkIntegrity(app: Pick<App, 'db'>): Promise<{ data: object; err: null }[]> {
  const results = []
  for (const relation of RELATIONS) {
    const data = {
      parent_name: relation.parent,
      child_name: relation.child,
      parent_id_attr: relation.attribute,
      child_id_attr: relation.childId,
      records: await findOrphans(app.db, relation),
    }
    results.push({ data, err: null })
  }
  return results
}
