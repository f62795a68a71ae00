/**
 * An account as clients know it, with nothing left out but its secrets (password hash, MFA secret), which no
 * function outside sign-in reads. What a viewer may see of it: `user-view.ts`.
 */
export interface User {
  readonly id: string
  readonly create_at: number
  readonly update_at: number
  /** > 0: deactivated */
  readonly delete_at: number
  readonly username: string
  /** id at the sign-in provider, null without one */
  readonly auth_data: string | null
  /** '' = signs in with a password */
  readonly auth_service: string
  readonly email: string
  readonly email_verified: boolean
  readonly nickname: string
  readonly first_name: string
  readonly last_name: string
  readonly position: string
  /** role names separated by spaces */
  readonly roles: string
  readonly allow_marketing: boolean
  readonly props: Readonly<Record<string, string>>
  readonly notify_props: Readonly<Record<string, string>>
  readonly last_password_update: number
  /** 0 = never set, negative = reset to the generated picture at that time */
  readonly last_picture_update: number
  readonly failed_attempts: number
  readonly locale: string
  readonly timezone: Readonly<Record<string, string>>
  readonly mfa_active: boolean
  readonly remote_id: string | null
  readonly is_bot: boolean
  readonly bot_description: string
  readonly bot_last_icon_update: number
  /** only where it was asked for */
  readonly last_activity_at?: number
  readonly terms_of_service_id?: string
  readonly terms_of_service_create_at?: number
}
