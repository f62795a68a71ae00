import type { Channel } from './channel.ts'

/** A new channel with every field set; `from` overrides. */
export function newChannel(from: Partial<Channel> & Pick<Channel, 'id' | 'team_id' | 'type' | 'name'>): Channel {
  const now = from.create_at || Date.now()
  return {
    create_at: now,
    update_at: now,
    delete_at: 0,
    display_name: '',
    header: '',
    purpose: '',
    last_post_at: 0,
    total_msg_count: 0,
    extra_update_at: 0,
    creator_id: '',
    scheme_id: null,
    props: null,
    group_constrained: null,
    shared: null,
    total_msg_count_root: 0,
    policy_id: null,
    last_root_post_at: 0,
    banner_info: null,
    policy_enforced: false,
    default_category_name: '',
    ...from,
  }
}
