const RETAINED = ['from_webhook', 'override_username', 'override_icon_url']

/** Props that say under which name and picture a post stands: an integration's answer to a click cannot change them. */
export function retainedProps(props: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(RETAINED.filter((name) => name in props).map((name) => [name, props[name]]))
}
