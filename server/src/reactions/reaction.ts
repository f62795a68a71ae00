/** One person's emoji on a post. Times in ms. */
export interface Reaction {
  user_id: string
  post_id: string
  emoji_name: string
  create_at: number
  update_at: number
  delete_at: number
  remote_id: string | null
  channel_id: string
}
