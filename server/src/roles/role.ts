/** A role as clients know it. Times in ms. */
export interface Role {
  readonly id: string
  readonly name: string
  readonly display_name: string
  readonly description: string
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly permissions: readonly string[]
  /** may be the default role of a scheme: members have it through a flag instead of by name */
  readonly scheme_managed: boolean
  readonly built_in: boolean
}

/** A form that a role name must have; longer or other names cannot exist. */
export const isRoleName = (name: string): boolean => /^[a-z0-9_]{1,64}$/.test(name)
