/** What has to happen when something changed; each at most once, at the end of the run. */
export type Trigger = string

/** The way from what is there to what is wished. */
export interface Plan {
  /** one line for each change, such as `create (owner mattermost, mode 0755)`; never a secret */
  readonly changes: readonly string[]
  /** the difference of a text, for files that hold no secrets */
  readonly difference?: string
  /** the services to restart or reload once this has been applied */
  readonly triggers?: readonly Trigger[]
  /** what is no longer owed once this has been applied: a service that starts anew needs no restart */
  readonly settles?: readonly Trigger[]
  /** makes it so, in a way that can be cut off anywhere and planned again */
  apply(): Promise<void>
}

/** One thing of the machine, in the state in which it is to be. */
export interface Resource {
  /** kind and place, such as `directory /var/opt/outpost` */
  readonly name: string
  /** what differs; undefined when nothing does. Changes nothing, and copes with things that earlier resources will make */
  plan(): Promise<Plan | undefined>
}

/** Resources that belong together, in order. */
export interface Step {
  readonly title: string
  readonly resources: readonly Resource[]
  /** said instead of doing anything, for parts that are switched off */
  readonly skipped?: string
}
