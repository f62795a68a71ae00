/** A file as clients know it. */
export interface FileInfo {
  id: string
  user_id: string
  post_id: string
  channel_id: string
  create_at: number
  update_at: number
  delete_at: number
  name: string
  extension: string
  size: number
  mime_type: string
  width: number
  height: number
  has_preview_image: boolean
  mini_preview: string | null
  remote_id: string
  archived: boolean
}
